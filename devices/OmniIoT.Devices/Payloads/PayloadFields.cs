using System.Globalization;
using System.Text.Json;
using OmniIoT.Devices.Time;

namespace OmniIoT.Devices.Payloads;

/// <summary>Fields that several payloads share. Each reads the current token, or says what is wrong with it.</summary>
internal static class PayloadFields
{
    /// <summary>Null counts as missing: the time of arrival holds.</summary>
    public static PayloadProblem? ReadTime(ref Utf8JsonReader reader, int index, out Instant? at)
    {
        at = null;
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (!InstantJsonConverter.TryRead(ref reader, out Instant instant))
            return PayloadProblems.WrongShape(ref reader, PayloadProblems.Path(index, "ts"u8, default), "ISO 8601 or epoch milliseconds");
        at = instant;
        return null;
    }

    /// <summary>A finite number within bounds.</summary>
    public static PayloadProblem? ReadNumber(
        ref Utf8JsonReader reader,
        int index,
        ReadOnlySpan<byte> name,
        double least,
        double most,
        out double? number
    )
    {
        number = null;
        if (reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double read))
        {
            if (!double.IsFinite(read))
                return PayloadProblems.NotFinite(ref reader, PayloadProblems.Path(index, name, default));
            number = read;
            if (read >= least && read <= most)
                return null;
        }
        string allowed =
            double.IsFinite(most) ? string.Create(CultureInfo.InvariantCulture, $"a number from {least} to {most}")
            : double.IsFinite(least) ? string.Create(CultureInfo.InvariantCulture, $"a number of at least {least}")
            : "a number";
        return PayloadProblems.WrongShape(ref reader, PayloadProblems.Path(index, name, default), allowed);
    }

    /// <summary>Null counts as missing.</summary>
    public static PayloadProblem? ReadOptionalNumber(
        ref Utf8JsonReader reader,
        int index,
        ReadOnlySpan<byte> name,
        double least,
        double most,
        out double? number
    )
    {
        number = null;
        return reader.TokenType == JsonTokenType.Null ? null : ReadNumber(ref reader, index, name, least, most, out number);
    }

    /// <summary>Text without escapes; null counts as missing. Allocates only where the text was escaped.</summary>
    public static PayloadProblem? ReadText(ref Utf8JsonReader reader, ReadOnlySpan<byte> name, ref ReadOnlySpan<byte> text)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return null;
        if (reader.TokenType != JsonTokenType.String)
            return PayloadProblems.WrongShape(ref reader, PayloadProblems.Path(-1, name, default), "a text");
        text = reader.ValueSpan;
        if (!reader.ValueIsEscaped)
            return null;
        byte[] unescaped = new byte[reader.ValueSpan.Length];
        text = unescaped.AsSpan(0, reader.CopyString(unescaped));
        return null;
    }
}
