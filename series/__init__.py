"""Figures become claims, claims become time series, and those become charts and downloads."""
