using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access;

/// <summary>
/// The key with full rights. A configured one wins; else one is made at the first start, of which only the SHA-256 is kept: 256
/// random bits need no slow hash.
/// </summary>
public sealed class ApiKey(IDocumentQueries documents, ICommitter committer)
{
    private const string SettingId = "api-key";

    private byte[]? _hash;

    /// <summary>Makes the key known; must have returned before the first call is served.</summary>
    /// <param name="configured">Null: none is configured.</param>
    /// <param name="cancellationToken">Ends the look into storage.</param>
    /// <returns>The key when it was made now: the one moment at which it can be shown; else null.</returns>
    public async Task<string?> PrepareAsync(string? configured, CancellationToken cancellationToken)
    {
        if (configured is not null)
        {
            _hash = HashOf(configured);
            return null;
        }
        if (await TryReadAsync(cancellationToken))
            return null;
        string key = SecretHasher.NewSecret();
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(HashOf(key));
        CommitOutcome outcome = await committer.CommitAsync(
            new CommitUnit { Effects = { new PutDocument(DocumentKind.Setting, SettingId, json, ExpectedVersion: 0) } }
        );
        // Another process may have been first: what is stored counts.
        await TryReadAsync(cancellationToken);
        return outcome is CommitOutcome.Committed ? key : null;
    }

    /// <summary>Compares in constant time.</summary>
    public bool Matches(string token) => _hash is not null && CryptographicOperations.FixedTimeEquals(_hash, HashOf(token));

    private async ValueTask<bool> TryReadAsync(CancellationToken cancellationToken)
    {
        if (await documents.FindAsync(DocumentKind.Setting, SettingId, cancellationToken) is not { } stored)
            return false;
        _hash = JsonSerializer.Deserialize<byte[]>(stored.Json);
        return true;
    }

    private static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
