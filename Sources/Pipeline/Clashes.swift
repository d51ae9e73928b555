import Diagnostics
import Files
import Site

extension RenderedPages {
  /// Leaves out files that cannot be published beside the others, each with a finding.
  ///
  /// Two files at one address, or an attachment beyond all measure, are the content's fault, not the disk's.
  func withoutClashes(_ reader: Reader, _ subject: Subject, _ findings: inout [Finding]) -> RenderedPages {
    var taken: Set<String> = []
    var result = RenderedPages()
    for page in pages {
      if taken.insert(page.path).inserted {
        result.pages.append(page)
      } else {
        findings.append(
          Finding(
            "address-taken", at: Place(file: reader.folders.content), "有两张表的数据要用同一个地址“\(page.path)”",
            hint: "同一表样的各份文件，名称不能只差空格或括号", subject: subject))
      }
    }
    for copy in copies {
      if copy.size > attachmentLimit {
        findings.append(
          Finding(
            "disk", at: Place(file: copy.from), "附件太大，超过上限 \(attachmentLimit >> 20) MB", hint: "压缩或拆分这个附件",
            subject: subject))
      } else if taken.insert(copy.to).inserted {
        result.copies.append(copy)
      } else {
        findings.append(
          Finding(
            "address-taken", at: Place(file: copy.from), "附件“\(Path.lastComponent(copy.to))”与本文档生成的文件同名",
            hint: "给附件改一个名字，并改正正文里的链接", subject: subject))
      }
    }
    return result
  }
}
