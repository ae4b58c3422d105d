namespace OmniIoT.Dialects.Sparkplug.Payloads;

/// <summary>Which field of a metric holds its value.</summary>
public enum WireField : byte
{
    None,
    Int,
    Long,
    Float,
    Double,
    Boolean,
    String,
    Bytes,
    DataSet,
    Template,
    Extension,
}

/// <summary>A value as it travels: what it means is told by the data type, which often only the birth names.</summary>
/// <param name="Bits">Of a number or a boolean; a float's are its 32 bits.</param>
/// <param name="Content">Of a text as UTF-8, of bytes, of anything that is no scalar.</param>
public readonly record struct WireValue(WireField Field, ulong Bits, ReadOnlyMemory<byte> Content = default)
{
    public static WireValue Of(WireField field, ulong bits) => new(field, bits);

    public static WireValue Of(WireField field, ReadOnlyMemory<byte> content) => new(field, 0, content);
}
