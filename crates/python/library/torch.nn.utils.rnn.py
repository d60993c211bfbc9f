"""Sequences of different lengths in one tensor."""

import torch


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right"):
    longest = max(len(sequence) for sequence in sequences)
    rows = []
    for sequence in sequences:
        gap = sequence.new_full((longest - len(sequence), *sequence.shape[1:]), padding_value)
        rows.append(torch.cat([sequence, gap] if padding_side == "right" else [gap, sequence]))
    return torch.stack(rows, 0 if batch_first else 1)


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    rows = padded_sequences if batch_first else padded_sequences.transpose(0, 1)
    return [row[:length] for row, length in zip(rows, lengths)]


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    raise NotImplementedError("packed sequences are not supported here: give the padded ones, and mask what is padding")


pad_packed_sequence = pack_sequence = pack_padded_sequence
