import Fiscal
import Testing

@Suite struct CalendarDayTests {
  @Test(arguments: [
    ("2022-01-12", 20, "2022-02-01"), ("2024-02-20", 9, "2024-02-29"), ("2023-02-20", 9, "2023-03-01"),
    ("2022-12-31", 1, "2023-01-01"), ("2022-01-01", 365, "2023-01-01"), ("2022-01-01", 0, "2022-01-01"),
  ])
  func `days are counted on over the ends of months and years`(_ from: String, _ days: Int, _ to: String)
    throws
  {
    #expect(try #require(CalendarDay(from)).adding(days: days).text == to)
  }

  @Test(arguments: [
    "", "2022-2-1", "2022-02-30", "2100-02-29", "2022/02/01", "2022-00-01", "2022-13-01", "２０２２-02-01",
  ])
  func `what is no day is refused`(_ text: String) { #expect(CalendarDay(text) == nil) }

  @Test func `a time behind the day is left aside, and days compare`() throws {
    let day = try #require(CalendarDay("2022-02-28 09:00"))
    #expect(day == CalendarDay("2022-02-28"))
    #expect(try day < #require(CalendarDay("2022-03-01")))
  }
}
