namespace OmniIoT.Ports.Queries;

/// <summary>Part of a list. <see cref="Next"/> is the opaque cursor of the part that follows, null at the end.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Which part of a list is wanted.</summary>
/// <param name="Cursor">What the part before gave as <see cref="Page{T}.Next"/>; null starts at the beginning.</param>
/// <param name="Limit">1 to <see cref="MaximumLimit"/>.</param>
public readonly record struct PageRequest(
    string? Cursor = null,
    int Limit = PageRequest.DefaultLimit
)
{
    public const int DefaultLimit = 50;
    public const int MaximumLimit = 500;
}
