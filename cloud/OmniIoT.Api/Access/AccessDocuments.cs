using System.Text.Json;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Catalogs;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Access;

/// <summary>
/// Agents and, as settings, roles, keys and sessions, of which every call asks: kept in memory until they change, here at once, by another
/// process as soon as the catalog's log tells.
/// </summary>
public sealed class AccessDocuments(IDocumentQueries documents, ICommitter committer) : IDocumentWatcher
{
    /// <summary>Of all kinds together, among them what was looked for in vain; beyond it the memory starts anew.</summary>
    private const int MaximumKept = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(DocumentKind Kind, string Id), object?> _kept = [];
    private TaskCompletionSource _change = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _changes;

    /// <summary>Ends when one of them changes: who was let in before may have to be asked again.</summary>
    public Task NextChange
    {
        get
        {
            lock (_lock)
                return _change.Task;
        }
    }

    /// <summary>Null when there is none. What is answered is shared and must not be changed.</summary>
    public async ValueTask<T?> FindAsync<T>(DocumentKind kind, string id, CancellationToken cancellationToken)
        where T : class
    {
        long before;
        lock (_lock)
        {
            if (_kept.TryGetValue((kind, id), out object? known))
                return (T?)known;
            before = _changes;
        }
        T? read = await documents.FindAsync(kind, id, cancellationToken) is { } stored ? Read<T>(stored) : null;
        lock (_lock)
        {
            // What changed while it was read may have been read as it was before.
            if (before != _changes)
                return read;
            if (_kept.Count >= MaximumKept)
                _kept.Clear();
            _kept[(kind, id)] = read;
        }
        return read;
    }

    /// <summary>As it is stored now, with its version; 0 when there is none.</summary>
    public async ValueTask<(T? Value, int Version)> ReadAsync<T>(DocumentKind kind, string id, CancellationToken cancellationToken)
        where T : class =>
        await documents.FindAsync(kind, id, cancellationToken) is { } stored ? (Read<T>(stored), stored.Version) : (null, 0);

    /// <summary>As they are stored now, with their versions.</summary>
    public async ValueTask<Page<(T Value, int Version)>> ListVersionsAsync<T>(
        DocumentKind kind,
        PageRequest page,
        CancellationToken cancellationToken
    )
        where T : class
    {
        Page<Document> found = await documents.ListAsync(kind, page, cancellationToken);
        return new Page<(T Value, int Version)>([.. found.Items.Select(one => (Read<T>(one), one.Version))], found.Next)
        {
            Total = found.Total,
        };
    }

    /// <summary>Every document of a kind.</summary>
    public async ValueTask<IReadOnlyList<T>> AllAsync<T>(DocumentKind kind, CancellationToken cancellationToken)
        where T : class
    {
        List<T> all = [];
        string? cursor = null;
        do
        {
            PageRequest request = new(cursor, PageRequest.MaximumLimit);
            Page<(T Value, int Version)> page = await ListVersionsAsync<T>(kind, request, cancellationToken);
            all.AddRange(page.Items.Select(one => one.Value));
            cursor = page.Next;
        } while (cursor is not null);
        return all;
    }

    /// <summary>Changes a setting that several may change at once.</summary>
    /// <param name="change">Null for what is not there; asked again when somebody was faster. Null: it stays as it is.</param>
    /// <param name="with">What else stands in the same commit.</param>
    /// <returns>Whether it was changed.</returns>
    public async Task<bool> ChangeSettingAsync<T>(
        string id,
        Func<T?, T?> change,
        CancellationToken cancellationToken,
        params IReadOnlyCollection<Effect> with
    )
        where T : class
    {
        while (true)
        {
            (T? before, int version) = await ReadAsync<T>(DocumentKind.Setting, id, cancellationToken);
            if (change(before) is not { } after)
                return false;
            if (await CommitAsync([Put(DocumentKind.Setting, id, after, version), .. with]))
                return true;
        }
    }

    /// <summary>All of them or, when one is stored in another version than expected, none.</summary>
    /// <returns>Whether they were made.</returns>
    public Task<bool> CommitAsync(params IReadOnlyCollection<Effect> effects) => CommitAsync(new CommitUnit(), effects);

    /// <summary>As <see cref="CommitAsync(IReadOnlyCollection{Effect})"/>, on somebody's behalf who makes no call.</summary>
    public Task<bool> CommitAsync(Origin origin, params IReadOnlyCollection<Effect> effects) =>
        CommitAsync(new CommitUnit { Origin = origin }, effects);

    private async Task<bool> CommitAsync(CommitUnit unit, IReadOnlyCollection<Effect> effects)
    {
        unit.Effects.AddRange(effects);
        try
        {
            return await committer.CommitAsync(unit) is CommitOutcome.Committed;
        }
        finally
        {
            Tell(effects);
        }
    }

    public static PutDocument Put<T>(DocumentKind kind, string id, T value, int? expectedVersion = null) =>
        new(kind, id, JsonSerializer.SerializeToUtf8Bytes(value, OmniJson.Options), expectedVersion);

    public void Changed(DocumentKind kind, string id)
    {
        if (kind is not (DocumentKind.Agent or DocumentKind.Setting))
            return;
        TaskCompletionSource change = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _changes++;
            _kept.Remove((kind, id));
            (change, _change) = (_change, change);
        }
        change.SetResult();
    }

    private void Tell(IEnumerable<Effect> effects)
    {
        foreach (Effect effect in effects)
        {
            if (effect is PutDocument put)
                Changed(put.Kind, put.Id);
            else if (effect is DeleteDocument delete)
                Changed(delete.Kind, delete.Id);
        }
    }

    private static T Read<T>(Document document) => JsonSerializer.Deserialize<T>(document.Json, OmniJson.Options)!;
}
