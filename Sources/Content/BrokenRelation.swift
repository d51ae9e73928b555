import Fiscal
import Forms
import Formulas

/// A relation between tables or years, declared by a set (表套的勾稽关系), that the figures break.
public struct BrokenRelation: Sendable {
  /// One side with the cells that it reads.
  public struct Side: Sendable {
    public var expression: Expression
    public var cells: [ReadCell]
    /// The formula with rows and columns as they are printed.
    public var text: String
  }

  public var relation: FormSet.Relation
  public var left: Side
  public var right: Side
  public var comparison: Comparison
}

extension FigureLookup {
  /// The relations of a set that do not hold, with the places of what they read.
  ///
  /// A table or a year that is not there says nothing, nor does a cell that is empty or at fault.
  func brokenRelations(of set: FormSet?) -> [BrokenRelation] {
    (set?.relations ?? []).compactMap { broken($0) }
  }

  /// The relations of a set that cannot be judged since a name fits several rows, columns or tables.
  func ambiguousRelations(of set: FormSet?) -> [(relation: FormSet.Relation, error: FormulaError)] {
    (set?.relations ?? []).compactMap { relation in
      do throws(FormulaError) {
        _ = try relation.equation.compare(with: self)
        return nil
      } catch {
        return error.reason == .severalFigures ? (relation, error) : nil
      }
    }
  }

  private func broken(_ relation: FormSet.Relation) -> BrokenRelation? {
    guard let left = side(relation.equation.left), let right = side(relation.equation.right) else {
      return nil
    }
    do throws(FormulaError) {
      let comparison = try relation.equation.compare(with: self)
      guard comparison.agreement == .inconsistent else { return nil }
      return BrokenRelation(relation: relation, left: left, right: right, comparison: comparison)
    } catch {
      return nil
    }
  }

  private func side(_ expression: Expression) -> BrokenRelation.Side? {
    var cells: [ReadCell] = []
    for reference in expression.references {
      // Of all rows some may be empty; of a cell by itself nothing is known then.
      guard let found = self.cells(of: reference), !found.contains(where: { $0.cell.state == .invalid }),
        found.contains(where: { $0.cell.state != .blank && $0.cell.state != .dash })
      else { return nil }
      cells += found
    }
    return BrokenRelation.Side(
      expression: expression, cells: cells, text: expression.text(naming: { _ in nil }) { printed($0) })
  }
}
