import Testing

@testable import HTML

@Test func `a sheet keeps its fields, tables and texts in order`() {
  let sheet = Sheet(
    id: "review.a", caption: Caption(title: "自评表", headingLevel: 3),
    blocks: [
      .fields([
        [Field("项目名称", .text("慰问 & 关爱"))],
        [Field("编制", .number("5", value: "5")), Field("实有", .absent(.blank))],
      ]),
      .table(
        DataTable(id: "review.a.funds", caption: Caption(title: "资金"), columns: [Column("项目")], rows: [])),
      .texts(title: "总体目标", columns: [TextColumn("预期目标", ["一", "二"]), TextColumn("完成情况", [])]),
    ])
  let html = String(decoding: sheet.html(), as: UTF8.self)
  let words = [
    "id=\"review.a\"", "<h3 class=\"table-title\" id=\"review.a:title\">自评表</h3>",
    "<dt>项目名称</dt><dd>慰问 &amp; 关爱</dd>",
    "share-2\"><dt>编制</dt><dd><data value=\"5\">5</data></dd>",
    "<dd class=\"blank\"><span class=\"hidden\">空</span></dd>",
    "id=\"review.a.funds\"", "<h4 class=\"block-title\">总体目标</h4>",
    "<h5 class=\"text-heading\">预期目标</h5>", "<p>一</p>",
  ]
  var rest = Substring(html)
  for word in words {
    let found = rest.firstRange(of: word)
    #expect(found != nil, "\(word) is missing or stands too early")
    if let found { rest = rest[found.upperBound...] }
  }
}
