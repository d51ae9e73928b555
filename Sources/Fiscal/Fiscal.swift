// Fiscal
