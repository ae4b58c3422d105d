namespace OmniIoT.Sql.Searching;

/// <summary>A table whose rows are found by their words, which its column <c>search</c> has where it is said to.</summary>
/// <param name="Table">Its name.</param>
/// <param name="IsNamed">Rows are found by any part of a word, as people remember names and numbers; else by a word's beginning.</param>
internal sealed record Searched(string Table, bool IsNamed)
{
    public static readonly Searched Devices = new("devices", IsNamed: true);
    public static readonly Searched Customers = new("customers", IsNamed: true);
    public static readonly Searched Cases = new("cases", IsNamed: true);
    public static readonly Searched Timeline = new("timeline", IsNamed: false);

    public static IReadOnlyList<Searched> All { get; } = [Devices, Customers, Cases, Timeline];
}

/// <summary>How much of a word a query has to say.</summary>
internal enum WordMatch
{
    /// <summary>Any part of it in names, its beginning in texts.</summary>
    Part,

    /// <summary>All of it.</summary>
    Whole,
}
