using OmniIoT.Domain;
using OmniIoT.Domain.Devices;
using OmniIoT.Domain.Effects;
using OmniIoT.Sql.Searching;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;
using OmniIoT.Storage.Sqlite.Reading;
using OmniIoT.Storage.Sqlite.Searching;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>Registrations, credentials, commands and messages.</summary>
internal sealed class DeviceWriter(DatabaseConnection connection, WordWriter words) : IDeviceWriter
{
    private readonly Statement _put = connection.Prepare(
        """
        INSERT INTO devices (id, model, customer_id, site_id, search, json) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (id) DO UPDATE SET model = excluded.model, customer_id = excluded.customer_id,
            site_id = excluded.site_id, search = excluded.search, json = excluded.json
        """
    );
    private readonly Statement _delete = connection.Prepare("DELETE FROM devices WHERE id = $1");
    private readonly Statement _ofCustomer = connection.Prepare("SELECT json FROM devices WHERE customer_id = $1");
    private readonly Statement _putCredential = connection.Prepare(
        """
        INSERT INTO credentials (principal, secret_hash, sealed_secret, secret_digest) VALUES ($1, $2, $3, $4)
        ON CONFLICT (principal) DO UPDATE SET secret_hash = excluded.secret_hash, sealed_secret = excluded.sealed_secret,
            secret_digest = excluded.secret_digest
        """
    );
    private readonly Statement _deleteCredential = connection.Prepare("DELETE FROM credentials WHERE principal = $1");
    private readonly Statement _putCommand = connection.Prepare(
        """
        INSERT INTO commands (device_id, id, created_at, customer_id, json) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (device_id, id) DO UPDATE SET created_at = excluded.created_at, customer_id = excluded.customer_id, json = excluded.json
        """
    );
    private readonly Statement _deleteCommands = connection.Prepare("DELETE FROM commands WHERE device_id = $1");
    private readonly Statement _putMessage = connection.Prepare(
        """
        INSERT INTO device_messages (device_id, id, created_at, customer_id, json) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (device_id, id) DO UPDATE SET created_at = excluded.created_at, customer_id = excluded.customer_id, json = excluded.json
        """
    );
    private readonly Statement _commandsOf = connection.Prepare("SELECT json FROM commands WHERE customer_id = $1");
    private readonly Statement _messagesOf = connection.Prepare("SELECT json FROM device_messages WHERE customer_id = $1");
    private readonly Statement _deleteMessages = connection.Prepare("DELETE FROM device_messages WHERE device_id = $1");

    public void Put(DeviceRegistration device)
    {
        string search = SearchTexts.Of(device);
        words.Put(Searched.Devices, device.Id, search);
        _put.Bind(device.Id).Bind(device.Model).Bind(device.CustomerId).Bind(device.SiteId).Bind(search).Bind(Json.Write(device)).Run();
    }

    public void Put(PutCredential effect)
    {
        if (effect.SecretHash is null)
            DeleteCredential(effect.Principal);
        else
            _putCredential
                .Bind(effect.Principal.ToString())
                .Bind(effect.SecretHash)
                .Bind(effect.SealedSecret)
                .Bind(effect.SecretDigest)
                .Run();
    }

    public void DeleteCredential(EntityId principal) => _deleteCredential.Bind(principal.ToString()).Run();

    public void Put(DeviceCommand command) =>
        _putCommand
            .Bind(command.DeviceId)
            .Bind(command.Id)
            .Bind(command.CreatedAt.UnixMilliseconds)
            .Bind(command.CustomerId)
            .Bind(Json.Write(command))
            .Run();

    public void Put(DeviceMessage message) =>
        _putMessage
            .Bind(message.DeviceId)
            .Bind(message.Id)
            .Bind(message.CreatedAt.UnixMilliseconds)
            .Bind(message.CustomerId)
            .Bind(Json.Write(message))
            .Run();

    /// <summary>Removes the registration with its commands and messages.</summary>
    public void Delete(string deviceId)
    {
        words.Delete(Searched.Devices, deviceId);
        _delete.Bind(deviceId).Run();
        _deleteCommands.Bind(deviceId).Run();
        _deleteMessages.Bind(deviceId).Run();
    }

    /// <summary>
    /// What was asked of the customer's devices, and told to them, stays without its words. Returns what refers to it on its way down.
    /// </summary>
    public IReadOnlyList<(EntityId Device, string Reference)> EraseWords(string customerId)
    {
        List<(EntityId, string)> erased = [];
        foreach (DeviceCommand command in _commandsOf.Bind(customerId).ReadAll<DeviceCommand>())
        {
            Put(command.Anonymous());
            erased.Add((EntityId.Device(command.DeviceId), DeviceDecider.CommandReference + command.Id));
        }
        foreach (DeviceMessage message in _messagesOf.Bind(customerId).ReadAll<DeviceMessage>())
        {
            Put(message.Anonymous());
            erased.Add((EntityId.Device(message.DeviceId), DeviceDecider.MessageReference + message.Id));
        }
        return erased;
    }

    /// <summary>The customer's devices become nobody's.</summary>
    public void Unlink(string customerId)
    {
        foreach (DeviceRegistration device in _ofCustomer.Bind(customerId).ReadAll<DeviceRegistration>())
            Put(device with { CustomerId = null });
    }
}
