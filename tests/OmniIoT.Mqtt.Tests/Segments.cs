using System.Buffers;

namespace OmniIoT.Mqtt.Tests;

/// <summary>Sequences of several segments, as a socket delivers them.</summary>
internal static class Segments
{
    public static ReadOnlySequence<byte> Split(byte[] bytes, int at) => Join([bytes[..at], bytes[at..]]);

    public static ReadOnlySequence<byte> OneByteEach(byte[] bytes) => Join([.. bytes.Select(value => new[] { value })]);

    private static ReadOnlySequence<byte> Join(byte[][] parts)
    {
        Segment first = new(parts[0], 0);
        Segment last = first;
        foreach (byte[] part in parts[1..])
            last = last.Append(part);
        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long runningIndex)
        {
            Memory = memory;
            RunningIndex = runningIndex;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            Segment next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
