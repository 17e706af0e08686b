#!/bin/sh
# Makes one fixture, or all of a format, with the release that is checked out and built at CHECKOUT:
#   make.sh CHECKOUT FORMAT [KIND]        such as make.sh ~/saddlepoint-f694526 format1 points
# README.md says which release a format's fixtures were made with. Existing fixtures are left alone: they are to be kept,
# not to be made again. One thread, so that the same processor gives the same bytes.
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)
[ $# -ge 2 ] || { sed -n '2,6s/^# \{0,1\}//p' "$0" >&2; exit 2; }
saddlepoint=$(CDPATH='' cd -- "$1" && pwd -P)/saddlepoint
format=$2
only=${3:-}

# The runs name their data by the placeholder DATA, which OldRunsTest replaces by the folder's path.
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
ln -s "$here/data" "$work/DATA"
cd "$work"

run() {
    "$saddlepoint" "$@" --threads 1 >log 2>&1 || { cat log >&2; echo "failed: $*" >&2; exit 1; }
}

# fixture KIND ARGUMENTS-OF-TRAIN
fixture() {
    kind=$1
    shift
    out=$here/$format/$kind
    if [ -n "$only" ] && [ "$kind" != "$only" ] || [ -e "$out" ]; then
        return 0
    fi
    rm -rf run went drawn
    run train "$@" --seed 3 --steps 4 --set checkpointEvery=4 --set logEvery=1 --out run
    if grep -q '^translator:' run/recipe.yaml; then
        echo 'translate RUN DATA/a/05.png OUT/a2b.png --seed 1' >commands
        ! grep -q 'from: cycles' run/recipe.yaml ||
            echo 'translate RUN DATA/b/05.png OUT/b2a.png --seed 1 --direction b2a' >>commands
    elif grep -q '"exampleShape" : \[ 2 \]' run/run.json; then
        echo 'sample RUN --count 4 --seed 1 --out OUT/samples.csv' >commands
    elif grep -q '"on": vectors' run/recipe.yaml; then
        echo 'sample RUN --count 4 --seed 1 --vector 4,7 --out OUT' >commands
    else
        echo 'sample RUN --count 4 --seed 1 --out OUT' >commands
    fi
    mkdir drawn
    while read -r line; do
        run $(echo "$line" | sed 's/RUN/run/; s/OUT/drawn/') </dev/null
    done <commands
    cp -r run went
    run resume went --steps 7
    rm -rf run/losses.png run/samples went/checkpoints/000007/*_optimizer.safetensors went/checkpoints/000007/*_pool.safetensors \
        went/checkpoints/000007/recipe.yaml
    mkdir -p "$out"
    mv run drawn commands "$out"
    mv went/checkpoints/000007 "$out/after"
    echo "$format/$kind: $(du -sk "$out" | cut -f1) KiB"
}

translator() {
    kind=$1
    shift
    fixture "$kind" "$@" --batch-size 2 --set images.load=36 --set images.crop=32 --set translator.width=1 \
        --set discriminator.width=1 --set discriminator.layers=1
}

twoEpochs='--set schedule.constantEpochs=1 --set schedule.decayEpochs=1 --set epochs=2'
cycles="--data unpaired:DATA/a,DATA/b --set images.channelsA=3 --set updates.pool=3 $twoEpochs"
pairs="--data paired:DATA/a,DATA/b"

format1() {
    hidden='--set network.generatorHidden=[8] --set network.discriminatorHidden=[8]'
    fixture points gan-points --data ring8 --batch-size 8 $hidden --set instanceNoise.deviation=0.1 \
        --set instanceNoise.steps=10 --set 'learningRates={schedule: linear, from: 1}'
    fixture points-penalty wgan-gp-points --data swissroll --batch-size 8 $hidden
    fixture points-spectral sngan-points --data grid25 --batch-size 8 $hidden

    small='--batch-size 4 --set images.size=16 --set latent.size=8'
    fixture pictures dcgan-quick --data digits $small --set network.width=4
    fixture pictures-dropout gan --data fashion $small $hidden --set network.maxoutPieces=2 --set images.dequantize=true
    fixture pictures-residual gngan-cr --data digits $small --set network.generatorWidth=2 \
        --set network.discriminatorWidth=2 --set updates.discriminatorSteps=2

    fixture classes cdcgan --data digits $small --set network.width=4 --set conditioning.labelDropout=0.3 \
        --set conditioning.balancedBatches=true
    fixture classes-projection gngan-conditional --data digits $small --set network.width=4
    fixture classes-penalty wgan-gp-conditional --data digits $small --set network.generatorWidth=2 \
        --set network.discriminatorWidth=2 --set updates.discriminatorSteps=2
    fixture vectors cdcgan --data csv:DATA/table.csv $small --set network.width=2 --set conditioning.on=vectors

    translator pairs pix2pix-small $pairs --set translator.downs=5 --set translator.dropout=true
    translator pairs-paper pix2pix $pairs --set translator.downs=5
    translator cycles cyclegan-small $cycles --set translator.downs=5
    translator cycles-paper cyclegan $cycles --set translator.blocks=1
}

# Before the settings "average" and "translator.globalSkip".
format1_early() {
    translator pairs pix2pix-small $pairs --set translator.downs=5 --set translator.dropout=true
    translator cycles cyclegan-small $cycles --set translator.downs=5
}

case $format in
    format1) format1 ;;
    format1-early) format1_early ;;
    *) echo "unknown format $format; known are format1, format1-early" >&2; exit 2 ;;
esac
