using System.Globalization;

namespace OmniIoT.Devices;

public enum MetricValueKind : byte
{
    None,
    Number,
    Boolean,
    Text,
}

/// <summary>What a metric, or a property of the twin, is at one moment. The default value means: never reported.</summary>
public readonly struct MetricValue : IEquatable<MetricValue>
{
    private readonly string? _text;
    private readonly double _number;

    private MetricValue(MetricValueKind kind, double number, string? text)
    {
        Kind = kind;
        _number = number;
        _text = text;
    }

    public MetricValueKind Kind { get; }

    /// <summary>The number; 1 and 0 for true and false; NaN when there is none.</summary>
    public double Number =>
        Kind is MetricValueKind.Number or MetricValueKind.Boolean ? _number : double.NaN;

    public bool Boolean => Kind == MetricValueKind.Boolean && _number != 0;

    /// <summary>The text, or null when the value is none.</summary>
    public string? Text => _text;

    public static MetricValue FromNumber(double number) =>
        new(MetricValueKind.Number, number, null);

    public static MetricValue FromBoolean(bool boolean) =>
        new(MetricValueKind.Boolean, boolean ? 1 : 0, null);

    public static MetricValue FromText(string text) => new(MetricValueKind.Text, 0, text);

    public bool Equals(MetricValue other) =>
        Kind == other.Kind
        && _number.Equals(other._number)
        && string.Equals(_text, other._text, StringComparison.Ordinal);

    public override bool Equals(object? obj) => obj is MetricValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Kind, _number, _text);

    public static bool operator ==(MetricValue left, MetricValue right) => left.Equals(right);

    public static bool operator !=(MetricValue left, MetricValue right) => !left.Equals(right);

    public override string ToString() =>
        Kind switch
        {
            MetricValueKind.Number => _number.ToString(CultureInfo.InvariantCulture),
            MetricValueKind.Boolean => _number != 0 ? "true" : "false",
            _ => _text ?? "",
        };
}
