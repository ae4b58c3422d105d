using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Payloads;

public enum SightingSource : byte
{
    /// <summary>A scanner in a store hears a tag.</summary>
    Scanner,

    /// <summary>A phone hears a beacon, <c>uuid:major:minor</c>.</summary>
    Phone,
}

/// <summary>Something was heard by radio.</summary>
/// <param name="At">Null: the message did not say.</param>
/// <param name="RssiDbm">Received strength.</param>
/// <param name="TxPowerDbm">Strength at one metre; null when the message did not say.</param>
public readonly record struct Sighting(Instant? At, double RssiDbm, double? TxPowerDbm, int IdStart, int IdLength);

/// <summary>
/// A message of sightings, one or an array, read whole. What is wrong with one element of an array is its own: the others count. One
/// per partition, reused: what it returns is valid until the next read.
/// </summary>
public sealed class SightingBatch
{
    private readonly List<RefusedElement> _refused = [];
    private Sighting[] _sightings = new Sighting[16];
    private (int Start, int Length)[] _places = new (int, int)[16];
    private byte[] _ids = new byte[16 * Identifier.MaxLength];
    private int _count;
    private int _idsLength;

    public ReadOnlySpan<Sighting> Sightings => _sightings.AsSpan(0, _count);

    /// <summary>The elements of the array that were not understood, in their order; empty for a message of its own.</summary>
    public IReadOnlyList<RefusedElement> Refused => _refused;

    /// <summary>What of the payload a sighting was read from: an element of its array, or all of it.</summary>
    /// <param name="index">Of the sighting.</param>
    public ReadOnlySpan<byte> Element(ReadOnlySpan<byte> utf8, int index) => utf8.Slice(_places[index].Start, _places[index].Length);

    /// <summary>UTF-8 of the tag's or beacon's id, a valid identifier.</summary>
    public ReadOnlySpan<byte> Id(in Sighting sighting) => _ids.AsSpan(sighting.IdStart, sighting.IdLength);

    /// <summary>Refuses the payload whole when nothing of it can be understood.</summary>
    public bool TryRead(ReadOnlySpan<byte> utf8, SightingSource source, [NotNullWhen(false)] out PayloadProblem? problem)
    {
        _count = 0;
        _idsLength = 0;
        _refused.Clear();
        problem = PayloadProblems.Check(utf8);
        if (problem is not null)
            return false;
        try
        {
            Utf8JsonReader reader = new(utf8);
            reader.Read();
            problem = ReadMessage(ref reader, source);
            if (problem is null && !reader.Read())
                return true;
        }
        catch (Exception e) when (PayloadProblems.IsNotJson(e))
        {
            // Named below.
        }
        problem = PayloadProblems.Refuse(utf8, problem);
        _count = 0;
        _refused.Clear();
        return false;
    }

    private PayloadProblem? ReadMessage(ref Utf8JsonReader reader, SightingSource source)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return ReadElement(ref reader, source, -1);
        if (reader.TokenType != JsonTokenType.StartArray)
            return PayloadProblems.WrongShape(ref reader, "", "an object or an array of objects");
        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            Utf8JsonReader element = reader;
            if (ReadElement(ref reader, source, index) is not { } problem)
                continue;
            reader = element;
            reader.Skip();
            int start = (int)element.TokenStartIndex;
            _refused.Add(new RefusedElement(start, (int)reader.BytesConsumed - start, problem));
        }
        return _count > 0 || _refused.Count == 0 ? null : _refused[0].Problem;
    }

    private PayloadProblem? ReadElement(ref Utf8JsonReader reader, SightingSource source, int index)
    {
        int start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
            return PayloadProblems.WrongShape(ref reader, $"/{index}", "an object");
        if (ReadSighting(ref reader, source, index) is { } problem)
            return problem;
        _places[_count - 1] = (start, (int)reader.BytesConsumed - start);
        return null;
    }

    private PayloadProblem? ReadSighting(ref Utf8JsonReader reader, SightingSource source, int index)
    {
        ReadOnlySpan<byte> idName = source == SightingSource.Scanner ? "tag"u8 : "beacon"u8;
        Instant? at = null;
        double? rssi = null,
            txPower = null;
        int idLength = 0;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            PayloadProblem? problem = null;
            if (reader.ValueTextEquals("ts"u8) && reader.Read())
                problem = PayloadFields.ReadTime(ref reader, index, out at);
            else if (reader.ValueTextEquals(idName) && reader.Read())
                problem = ReadId(ref reader, index, idName, out idLength);
            else if (reader.ValueTextEquals("rssi"u8) && reader.Read())
                problem = PayloadFields.ReadOptionalNumber(
                    ref reader,
                    index,
                    "rssi"u8,
                    double.NegativeInfinity,
                    double.PositiveInfinity,
                    out rssi
                );
            else if (reader.ValueTextEquals("txPower"u8) && reader.Read())
                problem = PayloadFields.ReadOptionalNumber(
                    ref reader,
                    index,
                    "txPower"u8,
                    double.NegativeInfinity,
                    double.PositiveInfinity,
                    out txPower
                );
            else
                reader.Skip();
            if (problem is not null)
                return problem;
        }
        if (idLength == 0)
            return PayloadProblems.Missing(PayloadProblems.Path(index, idName, default), Identifier.Allowed);
        if (rssi is null)
            return PayloadProblems.Missing(PayloadProblems.Path(index, "rssi"u8, default), "a number");
        Add(new Sighting(at, rssi.Value, txPower, _idsLength, idLength));
        return null;
    }

    private PayloadProblem? ReadId(ref Utf8JsonReader reader, int index, ReadOnlySpan<byte> name, out int length)
    {
        length = 0;
        if (reader.TokenType != JsonTokenType.String || reader.ValueIsEscaped || !Identifier.IsValid(reader.ValueSpan))
            return PayloadProblems.WrongShape(ref reader, PayloadProblems.Path(index, name, default), Identifier.Allowed);
        length = reader.ValueSpan.Length;
        if (_idsLength + length > _ids.Length)
            Array.Resize(ref _ids, _ids.Length * 2);
        reader.ValueSpan.CopyTo(_ids.AsSpan(_idsLength));
        return null;
    }

    private void Add(in Sighting sighting)
    {
        if (_count == _sightings.Length)
        {
            Array.Resize(ref _sightings, _count * 2);
            Array.Resize(ref _places, _count * 2);
        }
        _sightings[_count++] = sighting;
        _idsLength += sighting.IdLength;
    }
}
