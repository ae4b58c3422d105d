using OmniIoT.Devices.Metrics;
using OmniIoT.Ports.Telemetry;

namespace OmniIoT.Telemetry.Packing;

/// <summary>Values that are not all numbers. A text is written once per chunk: states such as <c>open</c> come again and again.</summary>
internal static class MixedValues
{
    public static void Encode(PackWriter output, ReadOnlySpan<Reading> readings)
    {
        Dictionary<string, int> texts = new(StringComparer.Ordinal);
        foreach (ref readonly Reading reading in readings)
        {
            output.Byte((byte)reading.Value.Kind);
            switch (reading.Value.Kind)
            {
                case MetricValueKind.Number:
                    output.Double(reading.Value.Number);
                    break;
                case MetricValueKind.Boolean:
                    output.Byte(reading.Value.Boolean ? (byte)1 : (byte)0);
                    break;
                case MetricValueKind.Text:
                    EncodeText(output, texts, reading.Value.Text!);
                    break;
            }
        }
    }

    public static void Decode(ref PackReader input, Span<Reading> readings)
    {
        List<string> texts = [];
        foreach (ref Reading reading in readings)
        {
            MetricValue value = (MetricValueKind)input.Byte() switch
            {
                MetricValueKind.None => default,
                MetricValueKind.Number => MetricValue.FromNumber(input.Double()),
                MetricValueKind.Boolean => MetricValue.FromBoolean(input.Byte() != 0),
                MetricValueKind.Text => MetricValue.FromText(DecodeText(ref input, texts)),
                MetricValueKind unknown => throw new InvalidDataException($"Packed readings have a value of the unknown kind {unknown}."),
            };
            reading = reading with { Value = value };
        }
    }

    /// <summary>The text's place among the texts so far, counted from 1; or 0 and a new text.</summary>
    private static void EncodeText(PackWriter output, Dictionary<string, int> texts, string text)
    {
        if (texts.TryGetValue(text, out int place))
        {
            output.Unsigned((uint)place);
            return;
        }
        texts[text] = texts.Count + 1;
        output.Unsigned(0);
        output.Text(text);
    }

    private static string DecodeText(ref PackReader input, List<string> texts)
    {
        int place = checked((int)input.Unsigned());
        if (place > texts.Count)
            throw new InvalidDataException("Packed readings name a text that is not there.");
        if (place == 0)
            texts.Add(input.Text());
        return texts[place == 0 ? ^1 : place - 1];
    }
}
