using OmniIoT.Domain.Alarms;
using OmniIoT.Domain.Cases;

namespace OmniIoT.Sql.Writing;

/// <summary>Alarms and cases.</summary>
internal interface ICaseWriter
{
    void Put(Alarm alarm);
    void Put(Case @case);
    void DeleteAlarms(string deviceId);

    /// <summary>Takes a customer who was erased out of alarms and cases.</summary>
    void Unlink(string customerId);
}
