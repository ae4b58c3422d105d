using System.Security.Cryptography;
using System.Text;
using OmniIoT.Devices.Time;
using OmniIoT.Domain.Decisions;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Domain.Text;
using OmniIoT.Grains.Abstractions;
using OmniIoT.Ports;
using OmniIoT.Ports.Metrics;
using OmniIoT.Ports.Queries;
using OmniIoT.Ports.Security;

namespace OmniIoT.Grains.Provisioning;

/// <summary>A claim code as it can be shown once.</summary>
public sealed record NewClaimCode(string Code, string Hash, Instant ExpiresAt);

/// <summary>
/// Claim codes: short enough for people, so they are stored by a slow hash, salted with what only this installation knows; one
/// salt for all, because a code is also what its device is found by.
/// </summary>
public sealed class Claims(IGrains grains, IProvisioningQueries provisioning, SigningKey signingKey, IdGenerator ids, OmniMetrics metrics)
{
    /// <summary>About 2 ms; 40 bits at that price outlast the code's life by far.</summary>
    private const int Iterations = 10_000;

    private const int HashBytes = 32;

    /// <summary>Makes a code that no other device has; it counts once its hash is told to the device's grain.</summary>
    public async ValueTask<NewClaimCode> NewAsync(TimeSpan lifetime, CancellationToken cancellationToken)
    {
        while (true)
        {
            string code = ClaimCode.From(RandomNumberGenerator.GetBytes(ReadableCode.Length));
            string hash = await HashAsync(code, cancellationToken);
            if (await provisioning.FindClaimedDeviceAsync(hash, cancellationToken) is null)
                return new NewClaimCode(code, hash, ids.Now() + lifetime);
        }
    }

    /// <summary>Gives a device a new code; the old one ends.</summary>
    public async Task<Reply<NewClaimCode>> IssueAsync(string deviceId, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        NewClaimCode code = await NewAsync(lifetime, cancellationToken);
        Reply<Instant> reply = await grains.Device(deviceId).IssueClaimCodeAsync(new IssueClaimCode(code.Hash, code.ExpiresAt));
        return reply.Rejection is { } rejection ? rejection : code;
    }

    /// <summary>Makes the device that has the code the customer's.</summary>
    /// <param name="typed">As a person typed it.</param>
    public async Task<Reply<DeviceRegistration>> ClaimAsync(
        string customerId,
        string typed,
        string actor,
        CancellationToken cancellationToken
    )
    {
        Reply<DeviceRegistration> reply = await AskAsync(customerId, typed, actor, cancellationToken);
        metrics.Provisioning.Add(1, new KeyValuePair<string, object?>("outcome", reply.Rejection is null ? "claimed" : "claimRefused"));
        return reply;
    }

    private async Task<Reply<DeviceRegistration>> AskAsync(
        string customerId,
        string typed,
        string actor,
        CancellationToken cancellationToken
    )
    {
        string hash = await HashAsync(typed, cancellationToken);
        return await provisioning.FindClaimedDeviceAsync(hash, cancellationToken) is { } deviceId
            ? await grains.Device(deviceId).ClaimAsync(new ClaimDevice(hash, customerId, actor))
            : DeviceDecider.UnknownClaimCode();
    }

    private async ValueTask<string> HashAsync(string code, CancellationToken cancellationToken)
    {
        byte[] salt = HMACSHA256.HashData(await signingKey.GetAsync(cancellationToken), "claim code"u8);
        byte[] plain = Encoding.UTF8.GetBytes(ClaimCode.Normalize(code));
        return Convert.ToHexStringLower(Rfc2898DeriveBytes.Pbkdf2(plain, salt, Iterations, HashAlgorithmName.SHA256, HashBytes));
    }
}
