using System.Text.Json;
using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Provisioning;
using OmniIoT.Ports;
using OmniIoT.Ports.Commit;
using OmniIoT.Ports.Metrics;

namespace OmniIoT.Grains.Provisioning;

/// <summary>Counts what became of attempts to register, and writes down those that were refused.</summary>
public sealed class RegistrationRecords(IdGenerator ids, ICommitter committer, OmniMetrics metrics)
{
    /// <summary>Writes a refusal down, counts it, and answers with it.</summary>
    public async Task<ProvisioningReply> RefuseAsync(RegistrationAttempt attempt, string? thumbprint, RegistrationRefusal refusal)
    {
        Registration registration = new()
        {
            Id = ids.Next(),
            EnrollmentId = attempt.EnrollmentId,
            At = ids.Now(),
            DeviceId = attempt.DeviceId,
            Model = attempt.Model,
            Address = attempt.Address,
            Thumbprint = thumbprint,
            Outcome = refusal.Outcome,
        };
        await committer.CommitAsync(new CommitUnit { Effects = { new AppendRegistration(registration) } });
        return Refuse(refusal);
    }

    /// <summary>Counts a refusal and answers with it; nothing is kept of it.</summary>
    public ProvisioningReply Refuse(RegistrationRefusal refusal)
    {
        Count(refusal.Outcome);
        return new ProvisioningReply(null, refusal);
    }

    public void Count(RegistrationOutcome outcome) =>
        metrics.Provisioning.Add(
            1,
            new KeyValuePair<string, object?>("outcome", JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString()))
        );
}
