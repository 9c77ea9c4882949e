//! Papers: layout, fonts, PDF, QR, print jobs
