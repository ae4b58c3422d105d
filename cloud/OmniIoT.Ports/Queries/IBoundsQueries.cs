namespace OmniIoT.Ports.Queries;

/// <summary>What can lie within somebody's bounds.</summary>
public enum BoundKind
{
    Alarm,
    Callback,
    Case,
    Conversation,

    /// <summary>Or whoever answers for the id.</summary>
    Customer,
    Device,
    Fence,
    Beacon,
}

/// <summary>How something stands to somebody's bounds.</summary>
public enum Standing
{
    /// <summary>There is no such thing.</summary>
    Missing,

    /// <summary>Not theirs.</summary>
    Outside,
    Within,
}

public interface IBoundsQueries
{
    /// <summary>By the same conditions that lists are restricted with.</summary>
    ValueTask<Standing> FindAsync(BoundKind kind, string id, Bounds bounds, CancellationToken cancellationToken);

    /// <summary>Of each, whether all that it is about lies within; what is about nobody and nothing does not.</summary>
    ValueTask<IReadOnlyList<bool>> AreWithinAsync(IReadOnlyList<Subjects> all, Bounds bounds, CancellationToken cancellationToken);
}
