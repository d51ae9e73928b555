import Testing
@testable import Fiscal
