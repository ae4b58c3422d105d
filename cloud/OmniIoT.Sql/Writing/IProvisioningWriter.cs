using OmniIoT.Domain.Effects;
using OmniIoT.Domain.Provisioning;

namespace OmniIoT.Sql.Writing;

/// <summary>How devices came to be.</summary>
internal interface IProvisioningWriter
{
    void Append(Registration registration);
    void Reset(ResetRegistrationCounts effect);
    void Put(PutClaimCode effect);
    void Put(PutCertificate effect);
    void Delete(DeleteCertificate effect);
    void DeleteOf(string deviceId);
}
