#!/bin/bash
# One rank a node:   sbatch deploy/slurm.sh DATA RUN [OPTION...]
# Submit it in the checkout, on a file system that all nodes share, after `./saddlepoint --version` has built it. A run that is there
# already goes on from its last checkpoint, so the same command also serves after a failure or the end of the time.
#SBATCH --job-name=saddlepoint
#SBATCH --nodes=4
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=8
#SBATCH --time=24:00:00
#SBATCH --signal=TERM@120
#SBATCH --output=%x-%j.out
set -euo pipefail

if [ $# -lt 2 ]; then
    echo "usage: sbatch $0 DATA RUN [OPTION...]" >&2
    exit 2
fi
data=$1
run=$2
shift 2
if [ -e "$run/run.json" ]; then
    words=(resume "$run")
else
    words=(train --data "$data" --out "$run")
fi

MASTER_ADDR=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
MASTER_PORT=$((20000 + SLURM_JOB_ID % 10000))
WORLD_SIZE=$SLURM_NTASKS
export MASTER_ADDR MASTER_PORT WORLD_SIZE

# A task's own numbers are known where it runs. The signal, two minutes before the end, lets rank 0 write a checkpoint.
# shellcheck disable=SC2016
srun --kill-on-bad-exit=1 bash -c 'export RANK=$SLURM_PROCID LOCAL_RANK=$SLURM_LOCALID LOCAL_WORLD_SIZE=${SLURM_NTASKS_PER_NODE:-1}
exec ./saddlepoint "$@"' rank "${words[@]}" --threads "${SLURM_CPUS_PER_TASK:-1}" "$@"
