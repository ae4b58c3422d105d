using System.Globalization;

namespace OmniIoT.Devices.Metrics;

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
    private static readonly object NumberMark = new();
    private static readonly object BooleanMark = new();

    // The text itself, or a mark of what the number stands for, or null: a field of its own for the kind would make each value half as
    // large again.
    private readonly object? _textOrMark;
    private readonly double _number;

    private MetricValue(double number, object textOrMark)
    {
        _number = number;
        _textOrMark = textOrMark;
    }

    public MetricValueKind Kind =>
        ReferenceEquals(_textOrMark, NumberMark) ? MetricValueKind.Number
        : ReferenceEquals(_textOrMark, BooleanMark) ? MetricValueKind.Boolean
        : _textOrMark is null ? MetricValueKind.None
        : MetricValueKind.Text;

    /// <summary>The number; 1 and 0 for true and false; NaN when there is none.</summary>
    public double Number => Kind is MetricValueKind.Number or MetricValueKind.Boolean ? _number : double.NaN;

    public bool Boolean => Kind == MetricValueKind.Boolean && _number != 0;

    /// <summary>The text, or null when the value is none.</summary>
    public string? Text => _textOrMark as string;

    public static MetricValue FromNumber(double number) => new(number, NumberMark);

    public static MetricValue FromBoolean(bool boolean) => new(boolean ? 1 : 0, BooleanMark);

    public static MetricValue FromText(string text) => new(0, text);

    public bool Equals(MetricValue other) => _number.Equals(other._number) && Equals(_textOrMark, other._textOrMark);

    public override bool Equals(object? obj) => obj is MetricValue other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_number, _textOrMark);

    public static bool operator ==(MetricValue left, MetricValue right) => left.Equals(right);

    public static bool operator !=(MetricValue left, MetricValue right) => !left.Equals(right);

    public override string ToString() =>
        Kind switch
        {
            MetricValueKind.Number => _number.ToString(CultureInfo.InvariantCulture),
            MetricValueKind.Boolean => _number != 0 ? "true" : "false",
            _ => Text ?? "",
        };
}
