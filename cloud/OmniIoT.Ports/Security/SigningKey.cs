using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Ports.Security;

/// <summary>
/// The key of all <see cref="SignedToken"/>s: made at the first start, kept sealed as a setting, the same in every process. Earlier
/// versions
/// kept it as it is; it is sealed when it is first read.
/// </summary>
public sealed partial class SigningKey(IDocumentQueries documents, ICommitter committer, SecretSealer sealer, ILogger<SigningKey> logger)
{
    private const string SettingId = "signing-key";
    private const string Owner = "setting:" + SettingId;

    private byte[]? _key;

    /// <exception cref="StorageUnavailableException">The key is not in storage as it should be, and storage cannot write.</exception>
    public async ValueTask<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        while (_key is null)
        {
            Document? stored = await documents.FindAsync(DocumentKind.Setting, SettingId, cancellationToken);
            _key = stored is null ? null : Open(stored);
            if (_key is null || IsUnsealed(stored!))
                await PutAsync(_key ?? RandomNumberGenerator.GetBytes(SignedToken.KeyBytes), stored?.Version ?? 0);
        }
        return _key;
    }

    /// <summary>Whatever becomes of it: another process may have been first, and what is stored counts.</summary>
    private Task<CommitOutcome> PutAsync(byte[] key, int expectedVersion)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new SealedKey(sealer.Seal(Owner, Convert.ToBase64String(key))));
        return committer.CommitAsync(
            new CommitUnit { Effects = { new PutDocument(DocumentKind.Setting, SettingId, json, expectedVersion) } }
        );
    }

    /// <summary>Null when the key that it was sealed with is lost.</summary>
    private byte[]? Open(Document stored)
    {
        if (IsUnsealed(stored))
            return JsonSerializer.Deserialize<byte[]>(stored.Json);
        if (sealer.Open(Owner, JsonSerializer.Deserialize<SealedKey>(stored.Json)!.Sealed) is { } key)
            return Convert.FromBase64String(key);
        LogLost(logger);
        return null;
    }

    private static bool IsUnsealed(Document stored) => stored.Json.AsSpan().StartsWith("\""u8);

    private sealed record SealedKey(byte[] Sealed);

    [LoggerMessage(
        1501,
        LogLevel.Warning,
        "The signing key was sealed with another key of secrets; a new one takes its place, and what was signed with the old one ends."
    )]
    private static partial void LogLost(ILogger logger);
}
