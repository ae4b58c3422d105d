using OmniIoT.Grains.Provisioning;
using OmniIoT.Ports.Queries;

namespace OmniIoT.Api.Provisioning;

/// <summary>Shows enrolments with how they are used.</summary>
internal sealed class EnrollmentViewing(EnrollmentKeys keys, IProvisioningQueries provisioning)
{
    /// <param name="isNew">Whether it was made now: then its key is told.</param>
    public async ValueTask<EnrollmentView> OfAsync(StoredEnrollment stored, bool isNew, CancellationToken cancellationToken)
    {
        RegistrationCounts counts = await provisioning.CountsAsync(stored.Terms.Id, cancellationToken);
        return EnrollmentView.Of(stored, counts, isNew ? await keys.KeyOfAsync(stored, cancellationToken) : null);
    }
}
