"""What Kettle remembers: tables and queries; rows in, core values out."""
