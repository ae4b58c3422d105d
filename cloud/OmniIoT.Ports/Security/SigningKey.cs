using System.Security.Cryptography;
using System.Text.Json;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Ports.Security;

/// <summary>The key of all <see cref="SignedToken"/>s: made at the first start, kept as a setting, the same in every process.</summary>
public sealed class SigningKey(IDocumentQueries documents, ICommitter committer)
{
    private const string SettingId = "signing-key";

    private byte[]? _key;

    /// <exception cref="StorageUnavailableException">There is no key yet and storage cannot write.</exception>
    public async ValueTask<byte[]> GetAsync(CancellationToken cancellationToken) =>
        _key ??= await ReadAsync(cancellationToken) ?? await CreateAsync(cancellationToken);

    private async ValueTask<byte[]?> ReadAsync(CancellationToken cancellationToken) =>
        await documents.FindAsync(DocumentKind.Setting, SettingId, cancellationToken)
            is { } document
            ? JsonSerializer.Deserialize<byte[]>(document.Json)
            : null;

    private async Task<byte[]> CreateAsync(CancellationToken cancellationToken)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(
            RandomNumberGenerator.GetBytes(SignedToken.KeyBytes)
        );
        await committer.CommitAsync(
            new CommitUnit
            {
                Effects =
                {
                    new PutDocument(DocumentKind.Setting, SettingId, json, ExpectedVersion: 0),
                },
            }
        );
        // Another process may have been first: what is stored counts.
        return (await ReadAsync(cancellationToken))!;
    }
}
