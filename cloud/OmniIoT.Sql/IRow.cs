namespace OmniIoT.Sql;

/// <summary>
/// The row that a query stands at, whichever engine answers. Columns count from 0; whole numbers of any width are read alike.
/// </summary>
internal interface IRow
{
    bool IsNull(int column);

    long Int64(int column);

    string Text(int column);

    /// <summary>Valid until the next row.</summary>
    ReadOnlySpan<byte> Bytes(int column);

    long? NullableInt64(int column) => IsNull(column) ? null : Int64(column);

    string? NullableText(int column) => IsNull(column) ? null : Text(column);

    byte[]? NullableBytes(int column) => IsNull(column) ? null : Bytes(column).ToArray();
}
