"""The browser: finding one, driving it behind our own proxy, rendering pages and using a search box by hand."""
