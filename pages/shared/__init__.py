"""What the pages share: the door, the store, the filters in the address, the look, charts and figures on the page."""
