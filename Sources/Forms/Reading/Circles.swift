/// The first circle among things that name others, by their places; nil where there is none.
///
/// It begins with the first of them in order, so that it is told alike wherever it is come upon.
func firstCircle(_ named: [[Int]]) -> [Int]? {
  enum State { case new, open, done }
  var states = [State](repeating: .new, count: named.count)
  for start in named.indices where states[start] == .new {
    var path: [(node: Int, next: Int)] = [(start, 0)]
    states[start] = .open
    while let last = path.last {
      guard last.next < named[last.node].count else {
        states[last.node] = .done
        path.removeLast()
        continue
      }
      path[path.count - 1].next += 1
      let next = named[last.node][last.next]
      switch states[next] {
      case .done: continue
      case .new:
        states[next] = .open
        path.append((next, 0))
      case .open:
        let circle = path.drop { $0.node != next }.map(\.node)
        let first = circle.indices.min { circle[$0] < circle[$1] } ?? 0
        return Array(circle[first...] + circle[..<first])
      }
    }
  }
  return nil
}
