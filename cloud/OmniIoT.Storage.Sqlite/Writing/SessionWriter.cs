using OmniIoT.Domain;
using OmniIoT.Ports.Sessions;
using OmniIoT.Sql.Writing;
using OmniIoT.Sqlite;

namespace OmniIoT.Storage.Sqlite.Writing;

/// <summary>MQTT sessions and retained messages.</summary>
internal sealed class SessionWriter(DatabaseConnection connection) : ISessionWriter
{
    private readonly Statement _put = connection.Prepare(
        """
        INSERT INTO sessions (client_id, principal, protocol_version, expiry_ticks, disconnected_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (client_id) DO UPDATE SET principal = excluded.principal, protocol_version = excluded.protocol_version,
            expiry_ticks = excluded.expiry_ticks, disconnected_at = excluded.disconnected_at
        """
    );
    private readonly Statement _putWill = connection.Prepare(
        """
        INSERT INTO wills (client_id, topic, payload, qos, retain, properties, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (client_id) DO UPDATE SET topic = excluded.topic, payload = excluded.payload, qos = excluded.qos,
            retain = excluded.retain, properties = excluded.properties, due_at = excluded.due_at
        """
    );
    private readonly Statement _deleteWill = connection.Prepare("DELETE FROM wills WHERE client_id = $1");
    private readonly Statement _ofPrincipal = connection.Prepare("SELECT client_id FROM sessions WHERE principal = $1");
    private readonly Statement[] _delete =
    [
        connection.Prepare("DELETE FROM sessions WHERE client_id = $1"),
        connection.Prepare("DELETE FROM subscriptions WHERE client_id = $1"),
        connection.Prepare("DELETE FROM session_messages WHERE client_id = $1"),
        connection.Prepare("DELETE FROM received WHERE client_id = $1"),
        connection.Prepare("DELETE FROM wills WHERE client_id = $1"),
    ];
    private readonly Statement _putSubscription = connection.Prepare(
        """
        INSERT INTO subscriptions (client_id, filter, options, identifier) VALUES ($1, $2, $3, $4)
        ON CONFLICT (client_id, filter) DO UPDATE SET options = excluded.options, identifier = excluded.identifier
        """
    );
    private readonly Statement _deleteSubscription = connection.Prepare("DELETE FROM subscriptions WHERE client_id = $1 AND filter = $2");
    private readonly Statement _putMessage = connection.Prepare(
        """
        INSERT INTO session_messages (client_id, message_order, topic, payload, qos, retain, properties, expires_at,
            packet_identifier, state, reference)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (client_id, message_order) DO UPDATE SET topic = excluded.topic, payload = excluded.payload,
            qos = excluded.qos, retain = excluded.retain, properties = excluded.properties, expires_at = excluded.expires_at,
            packet_identifier = excluded.packet_identifier, state = excluded.state, reference = excluded.reference
        """
    );
    private readonly Statement _deleteMessage = connection.Prepare(
        "DELETE FROM session_messages WHERE client_id = $1 AND message_order = $2"
    );
    private readonly Statement _remember = connection.Prepare(
        """
        INSERT INTO received (client_id, packet_identifier, fingerprint, outcome) VALUES ($1, $2, $3, $4)
        ON CONFLICT (client_id, packet_identifier) DO UPDATE SET fingerprint = excluded.fingerprint, outcome = excluded.outcome
        """
    );
    private readonly Statement _deleteBeginning = connection.Prepare(
        "DELETE FROM session_messages WHERE substr(reference, 1, length($1)) = $1"
    );
    private readonly Statement _deleteReferred = connection.Prepare(
        "DELETE FROM session_messages WHERE client_id IN (SELECT client_id FROM sessions WHERE principal = $1) AND reference = $2"
    );
    private readonly Statement _forget = connection.Prepare("DELETE FROM received WHERE client_id = $1 AND packet_identifier = $2");
    private readonly Statement _putRetained = connection.Prepare(
        """
        INSERT INTO retained (topic, payload, qos, properties, stored_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (topic) DO UPDATE SET payload = excluded.payload, qos = excluded.qos, properties = excluded.properties,
            stored_at = excluded.stored_at, expires_at = excluded.expires_at
        """
    );
    private readonly Statement _deleteRetained = connection.Prepare("DELETE FROM retained WHERE topic = $1");
    private readonly Statement _deleteRetainedBelow = connection.Prepare("DELETE FROM retained WHERE topic >= $1 AND topic < $2");

    public void Put(StoredSession session)
    {
        _put.Bind(session.ClientId)
            .Bind(session.Principal?.ToString())
            .Bind(session.ProtocolVersion)
            .Bind(session.Expiry.Ticks)
            .Bind(session.DisconnectedAt?.UnixMilliseconds)
            .Run();
        if (session.Will is { } will)
        {
            _putWill
                .Bind(session.ClientId)
                .Bind(will.Topic)
                .Bind(will.Payload)
                .Bind(will.Qos)
                .Bind(will.Retain ? 1 : 0)
                .Bind(will.Properties)
                .Bind(will.DueAt?.UnixMilliseconds)
                .Run();
        }
        else
            _deleteWill.Bind(session.ClientId).Run();
    }

    public void Delete(string clientId)
    {
        foreach (Statement statement in _delete)
            statement.Bind(clientId).Run();
    }

    public void Put(PutSubscription effect) =>
        _putSubscription
            .Bind(effect.ClientId)
            .Bind(effect.Subscription.Filter)
            .Bind(effect.Subscription.Options)
            .Bind(effect.Subscription.Identifier)
            .Run();

    public void Delete(DeleteSubscription effect) => _deleteSubscription.Bind(effect.ClientId).Bind(effect.Filter).Run();

    public void Put(PutSessionMessage effect)
    {
        StoredMessage message = effect.Message;
        _putMessage
            .Bind(effect.ClientId)
            .Bind(message.Order)
            .Bind(message.Topic)
            .Bind(message.Payload)
            .Bind(message.Qos)
            .Bind(message.Retain ? 1 : 0)
            .Bind(message.Properties)
            .Bind(message.ExpiresAt?.UnixMilliseconds)
            .Bind(message.PacketIdentifier)
            .Bind((int)message.State)
            .Bind(message.Reference)
            .Run();
    }

    public void Delete(DeleteSessionMessage effect) => _deleteMessage.Bind(effect.ClientId).Bind(effect.Order).Run();

    /// <summary>Takes away what waits in the principal's sessions by that reference.</summary>
    public void DeleteOf(EntityId principal, string reference) => _deleteReferred.Bind(principal.ToString()).Bind(reference).Run();

    /// <summary>In whoever's sessions it waits.</summary>
    public void DeleteBeginning(string reference) => _deleteBeginning.Bind(reference).Run();

    public void Remember(RememberReceived effect) =>
        _remember.Bind(effect.ClientId).Bind(effect.PacketIdentifier).Bind(effect.Fingerprint).Bind((int)effect.Outcome).Run();

    public void Forget(ForgetReceived effect) => _forget.Bind(effect.ClientId).Bind(effect.PacketIdentifier).Run();

    public void Put(RetainedMessage message)
    {
        if (message.Payload.Length == 0)
            _deleteRetained.Bind(message.Topic).Run();
        else
        {
            _putRetained
                .Bind(message.Topic)
                .Bind(message.Payload)
                .Bind(message.Qos)
                .Bind(message.Properties)
                .Bind(message.StoredAt.UnixMilliseconds)
                .Bind(message.ExpiresAt?.UnixMilliseconds)
                .Run();
        }
    }

    /// <summary>Removes the principal's sessions, and what is retained below its root.</summary>
    public void Erase(EntityId principal, string topicRoot)
    {
        _ofPrincipal.Bind(principal.ToString());
        List<string> clientIds = [];
        while (_ofPrincipal.Step())
            clientIds.Add(_ofPrincipal.Text(0));
        foreach (string clientId in clientIds)
            Delete(clientId);
        // '0' is the character after '/': all topics that begin with the root and a slash.
        _deleteRetainedBelow.Bind(topicRoot + "/").Bind(topicRoot + "0").Run();
    }
}
