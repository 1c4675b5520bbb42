"""A report comes in: files, addresses and feeds become Reports."""
