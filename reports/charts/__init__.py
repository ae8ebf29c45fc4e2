"""Pictures: SVG for HTML and PNG for documents and spreadsheets, each with its table.

Every picture is a ``picture.Picture``: ``svg()`` gives a string without style, script or address of anything else,
``png()`` the same drawn by resvg in Noto Sans, ``heads`` and ``rows`` what it shows as a table.

* ``bump``: rank over years
* ``distribution``: how the values of a group spread, and where a body stands
* ``heatmap``: bodies by duties
* ``trend``: each duty of one portal over its audits
* ``shares``: one duty over rounds, the share of bodies by result
* ``ages``: how old the newest item of each section is
"""
