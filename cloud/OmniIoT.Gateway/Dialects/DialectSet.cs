using OmniIoT.Gateway.Routing;

namespace OmniIoT.Gateway.Dialects;

/// <summary>What a client speaks besides our own topics.</summary>
/// <param name="all">Who comes first takes a topic that several know.</param>
internal sealed class DialectSet(IReadOnlyList<IDialect> all)
{
    private readonly IDialect[] _all = [.. all];

    public static DialectSet None { get; } = new([]);

    public IReadOnlyList<IDialect> All => _all;

    /// <summary>The shortest of all.</summary>
    public TimeSpan MaximumKeepAlive { get; } = all.Select(dialect => dialect.MaximumKeepAlive).DefaultIfEmpty(TimeSpan.MaxValue).Min();

    /// <summary>Whose word a topic is, or the part of a filter that topics are matched with; null: nobody's.</summary>
    public IDialect? Of(PrincipalScope scope, ReadOnlySpan<byte> topic)
    {
        foreach (IDialect dialect in _all)
            if (dialect.Speaks(scope, topic))
                return dialect;
        return null;
    }

    public bool Contains(IDialect dialect) => Array.IndexOf(_all, dialect) >= 0;
}
