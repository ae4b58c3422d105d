using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OmniIoT.Api.Access.Rights;
using OmniIoT.Devices.Time;
using OmniIoT.Domain;
using OmniIoT.Domain.Audit;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Audit;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access.Keys;

/// <summary>
/// Keys of programs, beside the one that may do everything: each with rights of its own, and perhaps an end. Only the SHA-256 is stored:
/// 256 random bits need no slow hash.
/// </summary>
public sealed class ApiKeys(AccessDocuments documents, Records records, IdGenerator ids)
{
    /// <summary>What a key begins with, so that one that lies where it should not is recognized.</summary>
    public const string Prefix = "omniiot_";

    public const int MaximumCount = 500;

    private const string SettingId = "api-keys";

    /// <summary>Null when the token is no key, or none any more.</summary>
    public async ValueTask<ProgramCaller?> FindAsync(string token, CancellationToken cancellationToken)
    {
        if (!token.StartsWith(Prefix, StringComparison.Ordinal))
            return null;
        byte[] hash = HashOf(token);
        StoredKey? key = (await ListAsync(cancellationToken)).FirstOrDefault(one =>
            CryptographicOperations.FixedTimeEquals(one.Hash, hash)
        );
        return key is not null && !(key.ExpiresAt <= ids.Now()) ? new ProgramCaller(key.Id, RightSet.Stored(key.Rights)) : null;
    }

    /// <summary>By name.</summary>
    internal async ValueTask<IReadOnlyList<StoredKey>> ListAsync(CancellationToken cancellationToken) =>
        (await documents.FindAsync<StoredKeys>(DocumentKind.Setting, SettingId, cancellationToken))?.Keys ?? [];

    /// <returns>What is stored of it, and the key itself, which is known only now; null: there are <see cref="MaximumCount"/>.</returns>
    internal async Task<(StoredKey Stored, string Key)?> CreateAsync(NewKey wanted, CancellationToken cancellationToken)
    {
        string key = Prefix + SecretHasher.NewSecret();
        StoredKey stored = new(ids.Next(), wanted.Name, wanted.Rights.Names, HashOf(key), ids.Now(), wanted.By, wanted.ExpiresAt);
        bool added = await ChangeAsync(
            keys => keys.Count < MaximumCount ? keys.Append(stored) : null,
            OnRecord(AuditActions.KeyCreated, stored.Id, stored),
            cancellationToken
        );
        return added ? (stored, key) : null;
    }

    /// <returns>Whether there was one.</returns>
    public Task<bool> DeleteAsync(string id, CancellationToken cancellationToken) =>
        ChangeAsync(
            keys => keys.Any(key => key.Id == id) ? keys.Where(key => key.Id != id) : null,
            OnRecord(AuditActions.KeyEnded, id, null),
            cancellationToken
        );

    /// <param name="made">What it may; null: it ended.</param>
    private RecordAudit OnRecord(string action, string id, StoredKey? made)
    {
        RecordAudit entry = records.Entry(CallOrigin.Current ?? Origin.Platform, action, "key:" + id);
        byte[]? after = made is null
            ? null
            : JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    made.Name,
                    made.Rights,
                    made.ExpiresAt,
                },
                OmniJson.Options
            );
        return new RecordAudit(entry.Draft with { After = after });
    }

    private Task<bool> ChangeAsync(
        Func<IReadOnlyList<StoredKey>, IEnumerable<StoredKey>?> change,
        RecordAudit record,
        CancellationToken cancellationToken
    ) =>
        documents.ChangeSettingAsync<StoredKeys>(
            SettingId,
            before =>
                change(before?.Keys ?? []) is { } after
                    ? new StoredKeys([.. after.OrderBy(key => key.Name, StringComparer.Ordinal)])
                    : null,
            cancellationToken,
            record
        );

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}

/// <param name="By">Who made it, as timelines name them.</param>
internal sealed record NewKey(string Name, RightSet Rights, Instant? ExpiresAt, string By);

internal sealed record StoredKeys(IReadOnlyList<StoredKey> Keys);

/// <param name="ExpiresAt">From then on it is nobody's; null: never.</param>
internal sealed record StoredKey(
    string Id,
    string Name,
    IReadOnlyList<string> Rights,
    byte[] Hash,
    Instant CreatedAt,
    string CreatedBy,
    Instant? ExpiresAt
);
