#!/usr/bin/env bash
# `make guide-pictures`: makes the pictures of the guide of those that the
# journeys took, as wide as a page of the guide shows them and small enough to be
# part of the program.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

for lang in zh-Hans en; do
	mkdir -p "assets/guide/$lang"
	while read -r name step; do
		# Without dithering, whose dots make the file twice as large.
		convert "build/journeys/$lang/$step.png" -resize 1000x +dither -colors 128 -strip "PNG8:assets/guide/$lang/$name.png"
	done <<-END
		check-1 check-02-listed
		check-2 check-05-registry
		log-1 log-02-import
		log-2 log-04-imported
		complain-1 complain-06-filled
		complain-2 complain-09-quiet
		parent-1 parent-05-quiet
		parent-2 parent-13-alert
		sheet-1 sheet-05-mapped
		sheet-2 sheet-06-checked
		sheet-3 sheet-09-quiet
	END
done
echo "Pictures are in assets/guide; please look at them."
