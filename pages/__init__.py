"""The pages of the dashboard, one file a page: choose, ask the series, draw. What they share is in pages/shared."""
