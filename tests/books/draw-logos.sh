#!/bin/sh
# Draws both logos (ImageMagick 6): large, then scaled down for smooth edges.
set -eu
cd "$(dirname "$0")"

small() {
  convert - -filter box -resize 256x256 +dither -colors 48 -channel A -level 1%,100% +channel -strip -depth 8 \
    -define png:compression-level=9 -define png:compression-filter=1 -define png:compression-strategy=0 \
    -define png:exclude-chunks=all "$1"
}

# Millrace: a washing drum with water running through it.
convert -size 1024x1024 xc:none -stroke none \
  -fill '#0B5563' -draw 'circle 512,512 512,24' \
  -fill white -draw 'circle 512,512 512,112' \
  -fill '#0B5563' -draw 'circle 512,512 512,160' \
  -fill '#7CC7C9' -draw "path 'M 178,512 C 262,420 346,420 428,500 C 510,580 600,584 684,500 C 742,442 798,448 846,512 A 334,334 0 0 1 178,512 Z'" \
  -fill white -draw "path 'M 190,600 C 274,516 352,524 432,596 C 514,668 604,668 686,590 C 742,540 790,548 834,598 A 334,334 0 0 1 190,600 Z'" \
  -fill white -draw 'circle 430,340 430,292' -draw 'circle 584,300 584,270' -draw 'circle 640,400 640,380' \
  png:- | small laundry/logo.png

# Prairie Lantern: a lantern whose flame is an ear of wheat.
convert -size 1024x1024 xc:none \
  -fill none -stroke '#8A3B12' -strokewidth 44 -draw "path 'M 372,236 C 372,20 652,20 652,236'" \
  -stroke none -fill '#8A3B12' -draw "path 'M 352,216 L 672,216 L 722,292 L 302,292 Z'" \
  -draw 'roundrectangle 276,280 748,340 30,30' \
  -draw 'roundrectangle 316,300 708,880 60,60' \
  -draw 'roundrectangle 256,856 768,964 40,40' \
  -fill '#FFF3D6' -draw 'roundrectangle 364,372 660,828 40,40' \
  -fill none -stroke '#8A3B12' -strokewidth 20 -draw 'line 512,560 512,828' \
  -stroke none -fill '#D98E04' \
  -draw "path 'M 512,396 C 552,450 552,490 512,530 C 472,490 472,450 512,396 Z'" \
  -draw "path 'M 528,600 C 534,536 566,512 620,500 C 624,560 592,596 528,600 Z'" \
  -draw "path 'M 496,600 C 490,536 458,512 404,500 C 400,560 432,596 496,600 Z'" \
  -draw "path 'M 528,700 C 534,636 566,612 620,600 C 624,660 592,696 528,700 Z'" \
  -draw "path 'M 496,700 C 490,636 458,612 404,600 C 400,660 432,696 496,700 Z'" \
  png:- | small grocery/logo.png
