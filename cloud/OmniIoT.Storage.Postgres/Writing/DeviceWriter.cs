using OmniIoT.Domain;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Searching;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>Registrations, credentials, commands and messages.</summary>
internal sealed class DeviceWriter(CommitWork work) : IDeviceWriter
{
    public void Put(DeviceRegistration device) =>
        work[Tables.Devices].Put(device.Id, device.Model, device.CustomerId, device.SiteId, SearchTexts.Of(device), Json.Write(device));

    public void Put(PutCredential effect)
    {
        if (effect.SecretHash is null)
            DeleteCredential(effect.Principal);
        else
            work[Tables.Credentials].Put(effect.Principal.ToString(), effect.SecretHash, effect.SealedSecret, effect.SecretDigest);
    }

    public void DeleteCredential(EntityId principal) => work[Tables.Credentials].Delete(principal.ToString());

    public void Put(DeviceCommand command) =>
        work[Tables.Commands]
            .Put(command.DeviceId, command.Id, command.CreatedAt.UnixMilliseconds, command.CustomerId, Json.Write(command));

    public void Put(DeviceMessage message) =>
        work[Tables.DeviceMessages]
            .Put(message.DeviceId, message.Id, message.CreatedAt.UnixMilliseconds, message.CustomerId, Json.Write(message));

    /// <summary>Removes the registration with its commands and messages.</summary>
    public void Delete(string deviceId)
    {
        work[Tables.Devices].Delete(deviceId);
        work[Tables.Commands].DeleteWhere("device_id", deviceId);
        work[Tables.DeviceMessages].DeleteWhere("device_id", deviceId);
    }

    /// <summary>
    /// What was asked of the customer's devices, and told to them, stays without its words. Returns what refers to it on its way down.
    /// </summary>
    public IReadOnlyList<(EntityId Device, string Reference)> EraseWords(string customerId)
    {
        List<(EntityId, string)> erased = [];
        foreach (DeviceCommand command in work.ReadRecords<DeviceCommand>("SELECT json FROM commands WHERE customer_id = $1", customerId))
        {
            Put(command.Anonymous());
            erased.Add((EntityId.Device(command.DeviceId), DeviceDecider.CommandReference + command.Id));
        }
        foreach (
            DeviceMessage message in work.ReadRecords<DeviceMessage>("SELECT json FROM device_messages WHERE customer_id = $1", customerId)
        )
        {
            Put(message.Anonymous());
            erased.Add((EntityId.Device(message.DeviceId), DeviceDecider.MessageReference + message.Id));
        }
        return erased;
    }

    /// <summary>The customer's devices become nobody's.</summary>
    public void Unlink(string customerId)
    {
        foreach (
            DeviceRegistration device in work.ReadRecords<DeviceRegistration>("SELECT json FROM devices WHERE customer_id = $1", customerId)
        )
            Put(device with { CustomerId = null });
    }
}
