using System.Security.Cryptography;
using System.Text;
using OmniIoT.Domain.Effects;
using OmniIoT.Ports;
using OmniIoT.Ports.Security;

namespace OmniIoT.Api.Access.SecondFactor;

/// <summary>An agent's second factor as stored.</summary>
/// <param name="Sealed">The secret, as <see cref="SecretSealer"/> sealed it.</param>
/// <param name="IsOn">Whether a first code was shown; before, nobody is asked for one.</param>
/// <param name="LastStep">Of the last code that was taken: none is taken twice, nor one from before it.</param>
/// <param name="Recovery">Hashes of the codes that were not used yet.</param>
internal sealed record StoredSecondFactor(byte[] Sealed, bool IsOn, long LastStep, IReadOnlyList<string> Recovery);

/// <summary>Codes that agents show beside their passwords: by time from an app, or one of the few that were written down.</summary>
internal sealed class SecondFactors(AccessDocuments documents, SecretSealer sealer, IdGenerator ids)
{
    private const int RecoveryCodes = 10;

    /// <summary>Eighty bits each.</summary>
    private const int RecoveryBytes = 10;

    /// <summary>Null when there is none.</summary>
    public ValueTask<StoredSecondFactor?> FindAsync(string agentId, CancellationToken cancellationToken) =>
        documents.FindAsync<StoredSecondFactor>(DocumentKind.Setting, SettingOf(agentId), cancellationToken);

    public async ValueTask<bool> IsOnAsync(string agentId, CancellationToken cancellationToken) =>
        await FindAsync(agentId, cancellationToken) is { IsOn: true };

    /// <summary>Makes a secret that holds once a code of it was shown.</summary>
    /// <returns>The secret, which can be told only now; null: one is on already.</returns>
    public async Task<byte[]?> BeginAsync(string agentId, CancellationToken cancellationToken)
    {
        byte[] secret = RandomNumberGenerator.GetBytes(Totp.SecretBytes);
        StoredSecondFactor begun = new(sealer.Seal(OwnerOf(agentId), Convert.ToBase64String(secret)), IsOn: false, LastStep: 0, []);
        bool isBegun = await documents.ChangeSettingAsync<StoredSecondFactor>(
            SettingOf(agentId),
            before => before is { IsOn: true } ? null : begun,
            cancellationToken
        );
        return isBegun ? secret : null;
    }

    /// <summary>From now on a code is asked for.</summary>
    /// <returns>Codes for the day when the app is lost, which can be told only now; null: the code is none of what was begun.</returns>
    public async Task<IReadOnlyList<string>?> ConfirmAsync(string agentId, string code, CancellationToken cancellationToken)
    {
        string[] recovery = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => NewRecoveryCode())];
        string[] hashes = [.. recovery.Select(one => SecretHasher.Hash(Plain(one)))];
        bool isOn = await documents.ChangeSettingAsync<StoredSecondFactor>(
            SettingOf(agentId),
            before =>
                before is { IsOn: false } && Take(agentId, before, code) is { } taken
                    ? taken with
                    {
                        IsOn = true,
                        Recovery = hashes,
                    }
                    : null,
            cancellationToken
        );
        return isOn ? recovery : null;
    }

    /// <summary>Whether it is a right code that was never shown before; from now on it was.</summary>
    public Task<bool> TakeAsync(string agentId, string code, CancellationToken cancellationToken) =>
        documents.ChangeSettingAsync<StoredSecondFactor>(
            SettingOf(agentId),
            before => before is { IsOn: true } ? Take(agentId, before, code) : null,
            cancellationToken
        );

    /// <summary>What ends an agent's second factor, when it is committed.</summary>
    public static Effect End(string agentId) => new DeleteDocument(DocumentKind.Setting, SettingOf(agentId));

    private StoredSecondFactor? Take(string agentId, StoredSecondFactor stored, string code)
    {
        if (code.Length != Totp.Digits)
            return TakeRecovery(stored, code);
        if (sealer.Open(OwnerOf(agentId), stored.Sealed) is not { } secret)
            return null;
        return Totp.FindStep(Convert.FromBase64String(secret), code, ids.Now(), stored.LastStep) is { } step
            ? stored with
            {
                LastStep = step,
            }
            : null;
    }

    private static StoredSecondFactor? TakeRecovery(StoredSecondFactor stored, string code)
    {
        byte[] shown = Encoding.UTF8.GetBytes(Plain(code));
        string? used = stored.Recovery.FirstOrDefault(hash => SecretHasher.Verify(shown, hash));
        return used is null ? null : stored with { Recovery = [.. stored.Recovery.Where(hash => hash != used)] };
    }

    private static string NewRecoveryCode()
    {
        string letters = Base32.Encode(RandomNumberGenerator.GetBytes(RecoveryBytes)).ToLowerInvariant();
        return string.Join('-', letters.Chunk(4).Select(four => new string(four)));
    }

    /// <summary>However somebody types it.</summary>
    private static string Plain(string code) => new([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    private static string SettingOf(string agentId) => "second-factor:" + agentId;

    private static string OwnerOf(string agentId) => "totp:" + agentId;
}
