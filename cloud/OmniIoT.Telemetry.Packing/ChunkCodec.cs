using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Telemetry.Packing;

/// <summary>
/// Packs the readings of a series. Times and sequence numbers are differences of differences, which are zero when a device
/// reports at a steady pace; numbers are scaled decimals where that is exact. Not safe for concurrent use.
/// </summary>
/// <remarks>Layout: count, manner of seqs, manner of values (and decimal places), times, seqs, values.</remarks>
internal static class ChunkCodec
{
    private enum Seqs : byte
    {
        None,
        All,
        Some,
    }

    private enum Values : byte
    {
        Decimals,
        Doubles,
        Mixed,
    }

    public static void Encode(PackWriter output, ReadOnlySpan<Reading> readings)
    {
        output.Unsigned((uint)readings.Length);
        EncodeTimes(output, readings);
        EncodeSeqs(output, readings);
        EncodeValues(output, readings);
    }

    /// <summary>Adds the readings to a list.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what <see cref="Encode"/> made.</exception>
    public static void Decode(ReadOnlySpan<byte> data, List<Reading> into)
    {
        PackReader input = new(data);
        int first = into.Count;
        ulong length = input.Unsigned();
        // Each takes a byte at least: no broken number makes room for more than there can be.
        if (length > (ulong)data.Length)
            throw new InvalidDataException("Packed readings are more than their bytes can hold.");
        int count = (int)length;
        into.EnsureCapacity(first + count);
        long at = 0,
            step = 0;
        for (int i = 0; i < count; i++)
        {
            step += input.Signed();
            at += step;
            into.Add(new Reading(new Instant(at), null, default));
        }
        Span<Reading> readings = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(into)[first..];
        DecodeSeqs(ref input, readings);
        DecodeValues(ref input, readings);
        if (!input.IsAtEnd)
            throw new InvalidDataException("Packed readings end before their bytes do.");
    }

    /// <summary>As <see cref="Decode"/>; false, and perhaps some are added, when the bytes are not those of readings.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> data, List<Reading> into)
    {
        try
        {
            Decode(data, into);
            return true;
        }
        catch (Exception error) when (error is InvalidDataException or OverflowException or ArgumentException)
        {
            return false;
        }
    }

    private static void EncodeTimes(PackWriter output, ReadOnlySpan<Reading> readings)
    {
        long last = 0,
            lastStep = 0;
        foreach (ref readonly Reading reading in readings)
        {
            long step = reading.At.UnixMilliseconds - last;
            output.Signed(step - lastStep);
            last += step;
            lastStep = step;
        }
    }

    private static void EncodeSeqs(PackWriter output, ReadOnlySpan<Reading> readings)
    {
        int numbered = 0;
        foreach (ref readonly Reading reading in readings)
            numbered += reading.Seq.HasValue ? 1 : 0;
        Seqs manner =
            numbered == 0 ? Seqs.None
            : numbered == readings.Length ? Seqs.All
            : Seqs.Some;
        output.Byte((byte)manner);
        if (manner is Seqs.None)
            return;
        long last = 0,
            lastStep = 0;
        foreach (ref readonly Reading reading in readings)
        {
            if (manner is Seqs.Some)
                output.Byte(reading.Seq.HasValue ? (byte)1 : (byte)0);
            if (reading.Seq is not { } seq)
                continue;
            // Wraps around for far apart numbers, and back when decoded.
            long step = unchecked(seq - last);
            output.Signed(unchecked(step - lastStep));
            last = seq;
            lastStep = step;
        }
    }

    private static void DecodeSeqs(ref PackReader input, Span<Reading> readings)
    {
        Seqs manner = (Seqs)input.Byte();
        if (manner is Seqs.None)
            return;
        long seq = 0,
            step = 0;
        foreach (ref Reading reading in readings)
        {
            if (manner is Seqs.Some && input.Byte() == 0)
                continue;
            step = unchecked(step + input.Signed());
            seq = unchecked(seq + step);
            reading = reading with { Seq = seq };
        }
    }

    private static void EncodeValues(PackWriter output, ReadOnlySpan<Reading> readings)
    {
        if (!AreNumbers(readings))
        {
            output.Byte((byte)Values.Mixed);
            MixedValues.Encode(output, readings);
            return;
        }
        int start = output.Length;
        if (TryEncodeDecimals(output, readings, Decimals.ScaleOf(readings)))
            return;
        output.Truncate(start);
        output.Byte((byte)Values.Doubles);
        foreach (ref readonly Reading reading in readings)
            output.Double(reading.Value.Number);
    }

    private static bool TryEncodeDecimals(PackWriter output, ReadOnlySpan<Reading> readings, int scale)
    {
        if (scale < 0)
            return false;
        output.Byte((byte)Values.Decimals);
        output.Byte((byte)scale);
        long last = 0;
        foreach (ref readonly Reading reading in readings)
        {
            if (!Decimals.TryScale(reading.Value.Number, scale, out long integer))
                return false;
            output.Signed(integer - last);
            last = integer;
        }
        return true;
    }

    private static void DecodeValues(ref PackReader input, Span<Reading> readings)
    {
        switch ((Values)input.Byte())
        {
            case Values.Decimals:
                DecodeDecimals(ref input, readings);
                break;
            case Values.Doubles:
                foreach (ref Reading reading in readings)
                    reading = reading with { Value = MetricValue.FromNumber(input.Double()) };
                break;
            case Values.Mixed:
                MixedValues.Decode(ref input, readings);
                break;
            default:
                throw new InvalidDataException("Packed readings are of an unknown kind.");
        }
    }

    private static void DecodeDecimals(ref PackReader input, Span<Reading> readings)
    {
        int scale = input.Byte();
        if (scale > Decimals.MaxScale)
            throw new InvalidDataException("Packed readings have too many places.");
        long integer = 0;
        foreach (ref Reading reading in readings)
        {
            integer += input.Signed();
            reading = reading with { Value = MetricValue.FromNumber(Decimals.Unscale(integer, scale)) };
        }
    }

    private static bool AreNumbers(ReadOnlySpan<Reading> readings)
    {
        foreach (ref readonly Reading reading in readings)
        {
            if (reading.Value.Kind != MetricValueKind.Number)
                return false;
        }
        return true;
    }
}
