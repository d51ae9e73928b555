/// Where a site is published to. For now a folder of this machine; other places have their names kept free.
///
///     try PublishTarget("/srv/www/czj")        // a folder
///     try PublishTarget("web@10.0.0.8:/srv")   // throws: on another machine
public enum PublishTarget: Hashable, Sendable {
  case folder(String)

  public init(_ text: String) throws(PublishTargetError) {
    if text.isEmpty { throw PublishTargetError("没有写明公开到哪个文件夹") }
    let beginning = text.prefix { $0 != "/" }
    // As rsync and scp read it: a colon before the first slash names a machine.
    guard !beginning.contains(":") else {
      throw PublishTargetError(
        """
        “\(text)”在另一台机器上，publish 目前只能公开到本机的文件夹。
        现在可以这样做：先公开到本机的一个文件夹（gongkai publish 文件夹），再把它传过去，\
        例如 rsync -a --delete-after 文件夹/ 主机:路径/；或在那台机器上运行 publish。
        本机的文件夹名里有冒号时，在前面写 ./
        """)
    }
    self = .folder(text)
  }
}

/// Why a target cannot be published to.
public struct PublishTargetError: Error, Hashable, Sendable {
  public var message: String

  init(_ message: String) { self.message = message }
}
