using OmniIoT.Domain;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;

namespace OmniIoT.Sql.Writing;

/// <summary>Devices, what they are told, and credentials.</summary>
internal interface IDeviceWriter
{
    void Put(DeviceRegistration device);
    void Put(PutCredential effect);
    void DeleteCredential(EntityId principal);
    void Put(DeviceCommand command);
    void Put(DeviceMessage message);
    void Delete(string deviceId);

    /// <summary>Takes the words about a customer out of what devices were told; returns what that was.</summary>
    IReadOnlyList<(EntityId Device, string Reference)> EraseWords(string customerId);

    /// <summary>Takes the customer from the devices.</summary>
    void Unlink(string customerId);
}
