"""Each kind of chart, drawn by hand: what `conversations.report.values.Chart` says of it, on a canvas."""
