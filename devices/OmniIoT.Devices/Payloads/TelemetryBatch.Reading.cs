using System.Text.Json;
using OmniIoT.Devices.Metrics;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Payloads;

public sealed partial class TelemetryBatch
{
    /// <summary>Nulls are left out of what a message says; one of nulls alone says nothing.</summary>
    private bool TryReadMessage(ref Utf8JsonReader reader, MetricTable table)
    {
        if (!TryReadPoints(ref reader, table))
            return false;
        return NullCount == 0 || _entryCount > 0 || Refuse(PayloadProblems.OnlyNulls);
    }

    private bool TryReadPoints(ref Utf8JsonReader reader, MetricTable table)
    {
        if (reader.TokenType == JsonTokenType.StartObject)
            return TryReadElement(ref reader, table, -1);
        if (reader.TokenType != JsonTokenType.StartArray)
            return Refuse(PayloadProblems.WrongShape(ref reader, "", "an object or an array of objects"));
        for (int index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
        {
            Utf8JsonReader element = reader;
            (int entries, int text, int nulls, int names) = (_entryCount, _textLength, NullCount, _newNames.Count);
            if (TryReadElement(ref reader, table, index))
                continue;
            reader = element;
            reader.Skip();
            (_entryCount, _textLength, NullCount) = (entries, text, nulls);
            _newNames.RemoveRange(names, _newNames.Count - names);
            int start = (int)element.TokenStartIndex;
            _refused.Add(new RefusedElement(start, (int)reader.BytesConsumed - start, _problem!));
        }
        return _pointCount > 0 || _refused.Count == 0 || Refuse(_refused[0].Problem);
    }

    private bool TryReadElement(ref Utf8JsonReader reader, MetricTable table, int index)
    {
        int start = (int)reader.TokenStartIndex;
        if (reader.TokenType != JsonTokenType.StartObject)
            return Refuse(PayloadProblems.WrongShape(ref reader, $"/{index}", "an object"));
        if (!TryReadPoint(ref reader, table, index))
            return false;
        _places[_pointCount - 1] = (start, (int)reader.BytesConsumed - start);
        return true;
    }

    private bool TryReadPoint(ref Utf8JsonReader reader, MetricTable table, int index)
    {
        int firstEntry = _entryCount;
        if (!IsEnvelope(reader))
            return TryReadValues(ref reader, table, index, default) && AddPoint(new(null, null, firstEntry, _entryCount - firstEntry));
        Instant? at = null;
        long? seq = null;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            if (reader.ValueTextEquals("ts"u8))
            {
                reader.Read();
                if (PayloadFields.ReadTime(ref reader, index, out at) is { } problem)
                    return Refuse(problem);
            }
            else if (reader.ValueTextEquals("seq"u8))
            {
                reader.Read();
                if (!TryReadSeq(ref reader, index, out seq))
                    return false;
            }
            else if (reader.ValueTextEquals("values"u8))
            {
                reader.Read();
                if (reader.TokenType != JsonTokenType.StartObject)
                    return Refuse(PayloadProblems.WrongShape(ref reader, PayloadProblems.Path(index, "values"u8, default), "one object"));
                if (!TryReadValues(ref reader, table, index, "values"u8))
                    return false;
            }
            else
                reader.Skip();
        }
        return AddPoint(new(at, seq, firstEntry, _entryCount - firstEntry));
    }

    /// <summary>
    /// Tells the two forms of a point apart by looking ahead on a copy of the reader. Devices write ts, seq and values
    /// first, so this mostly costs two or three tokens.
    /// </summary>
    private static bool IsEnvelope(Utf8JsonReader ahead)
    {
        (bool namesValues, bool namesItsTime) = (false, false);
        while (ahead.Read() && ahead.TokenType != JsonTokenType.EndObject)
        {
            bool isValues = ahead.ValueTextEquals("values"u8);
            bool isTime = ahead.ValueTextEquals("ts"u8) || ahead.ValueTextEquals("seq"u8);
            ahead.Read();
            if (isValues && ahead.TokenType == JsonTokenType.StartObject)
                return true;
            namesValues |= isValues;
            namesItsTime |= isTime;
            ahead.Skip();
        }
        // A metric may be called values; beside a time or a number it is the envelope's, and then of the wrong shape.
        return namesValues && namesItsTime;
    }

    private bool TryReadSeq(ref Utf8JsonReader reader, int index, out long? seq)
    {
        seq = null;
        if (reader.TokenType == JsonTokenType.Null)
            return true;
        if (reader.TokenType != JsonTokenType.Number || !reader.TryGetInt64(out long number))
            return Refuse(PayloadProblems.WrongShape(ref reader, PayloadProblems.Path(index, "seq"u8, default), "a 64-bit integer"));
        seq = number;
        return true;
    }

    private bool TryReadValues(ref Utf8JsonReader reader, MetricTable table, int index, ReadOnlySpan<byte> parent)
    {
        _lastSlot = -1;
        Span<byte> unescaped = stackalloc byte[MaxNameBytes * 6];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            scoped var name = reader.ValueSpan;
            if (reader.ValueIsEscaped && name.Length <= unescaped.Length)
                name = unescaped[..reader.CopyString(unescaped)];
            if (name.Length is 0 or > MaxNameBytes)
                return Refuse(
                    PayloadProblems.WrongShape(
                        ref reader,
                        PayloadProblems.Path(index, parent, default),
                        $"a metric's name of 1 to {MaxNameBytes} bytes"
                    )
                );
            reader.Read();
            if (reader.TokenType == JsonTokenType.Null)
            {
                NullCount++;
                continue;
            }
            int slot = FindSlot(name, table);
            if (slot < 0)
                return Refuse(
                    PayloadProblems.WrongShape(
                        ref reader,
                        PayloadProblems.Path(index, parent, name),
                        $"one of at most {MetricTable.MaxUnknown} metrics that the model lacks"
                    )
                );
            if (!TryReadValue(ref reader, slot, out TelemetryEntry entry))
                return Refuse(RefuseValue(ref reader, PayloadProblems.Path(index, parent, name)));
            if (_entryCount == _entries.Length)
                Array.Resize(ref _entries, _entryCount * 2);
            _entries[_entryCount++] = entry;
        }
        return true;
    }

    private bool TryReadValue(ref Utf8JsonReader reader, int slot, out TelemetryEntry entry)
    {
        entry = default;
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                if (!DecimalText.TryRead(ref reader, out double number))
                    return false;
                entry = new(slot, MetricValueKind.Number, number, 0, 0);
                return true;
            case JsonTokenType.True:
            case JsonTokenType.False:
                entry = new(slot, MetricValueKind.Boolean, reader.TokenType == JsonTokenType.True ? 1 : 0, 0, 0);
                return true;
            case JsonTokenType.String when reader.ValueSpan.Length <= MaxTextBytes:
                entry = new(slot, MetricValueKind.Text, 0, _textLength, CopyText(ref reader));
                return true;
            default:
                return false;
        }
    }

    private int CopyText(ref Utf8JsonReader reader)
    {
        if (_textLength + reader.ValueSpan.Length > _text.Length)
            Array.Resize(ref _text, Math.Max(_text.Length * 2, _textLength + reader.ValueSpan.Length));
        int length = reader.CopyString(_text.AsSpan(_textLength));
        _textLength += length;
        return length;
    }

    private static PayloadProblem RefuseValue(ref Utf8JsonReader reader, string path) =>
        reader.TokenType == JsonTokenType.Number
            ? PayloadProblems.NotFinite(ref reader, path)
            : PayloadProblems.WrongShape(ref reader, path, $"a number, a boolean or a text of at most {MaxTextBytes} bytes");

    /// <summary>New names get the slots that they will have once the whole message has been accepted.</summary>
    private int FindSlot(ReadOnlySpan<byte> name, MetricTable table)
    {
        // Devices report in a fixed order: mostly this metric is the one behind the last.
        int next = _lastSlot + 1;
        if (next < table.Count && name.SequenceEqual(table.Utf8Name(next)))
            return _lastSlot = next;
        if (table.TryFind(name, out int slot))
            return _lastSlot = slot;
        for (int i = 0; i < _newNames.Count; i++)
            if (name.SequenceEqual(_newNames[i]))
                return table.Count + i;
        if (table.UnknownCount + _newNames.Count >= MetricTable.MaxUnknown)
            return -1;
        _newNames.Add(name.ToArray());
        return table.Count + _newNames.Count - 1;
    }

    private bool AddPoint(in TelemetryPoint point)
    {
        if (_pointCount == _points.Length)
        {
            Array.Resize(ref _points, _pointCount * 2);
            Array.Resize(ref _places, _pointCount * 2);
        }
        _points[_pointCount++] = point;
        return true;
    }

    private bool Refuse(PayloadProblem problem)
    {
        _problem = problem;
        return false;
    }
}
