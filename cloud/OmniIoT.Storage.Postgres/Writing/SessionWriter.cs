using OmniIoT.Domain;
using OmniIoT.Ports.Sessions;
using OmniIoT.Sql.Writing;

namespace OmniIoT.Storage.Postgres.Writing;

/// <summary>MQTT sessions and retained messages.</summary>
/// <param name="process">This one: what it puts becomes its own.</param>
internal sealed class SessionWriter(CommitWork work, string process) : ISessionWriter
{
    public void Put(StoredSession session)
    {
        work[Tables.Sessions]
            .Put(
                session.ClientId,
                session.Principal?.ToString(),
                (long)session.ProtocolVersion,
                session.Expiry.Ticks,
                session.DisconnectedAt?.UnixMilliseconds,
                process
            );
        if (session.Will is { } will)
        {
            work[Tables.Wills]
                .Put(
                    session.ClientId,
                    will.Topic,
                    will.Payload,
                    (long)will.Qos,
                    will.Retain ? 1L : 0L,
                    will.Properties,
                    will.DueAt?.UnixMilliseconds
                );
        }
        else
            work[Tables.Wills].Delete(session.ClientId);
    }

    public void Delete(string clientId)
    {
        work[Tables.Sessions].Delete(clientId);
        work[Tables.Wills].Delete(clientId);
        work[Tables.Subscriptions].DeleteWhere("client_id", clientId);
        work[Tables.SessionMessages].DeleteWhere("client_id", clientId);
        work[Tables.Received].DeleteWhere("client_id", clientId);
    }

    public void Put(PutSubscription effect) =>
        work[Tables.Subscriptions]
            .Put(effect.ClientId, effect.Subscription.Filter, (long)effect.Subscription.Options, (long)effect.Subscription.Identifier);

    public void Delete(DeleteSubscription effect) => work[Tables.Subscriptions].Delete(effect.ClientId, effect.Filter);

    public void Put(PutSessionMessage effect)
    {
        StoredMessage message = effect.Message;
        work[Tables.SessionMessages]
            .Put(
                effect.ClientId,
                message.Order,
                message.Topic,
                message.Payload,
                (long)message.Qos,
                message.Retain ? 1L : 0L,
                message.Properties,
                message.ExpiresAt?.UnixMilliseconds,
                (long)message.PacketIdentifier,
                (long)message.State,
                message.Reference
            );
    }

    public void Delete(DeleteSessionMessage effect) => work[Tables.SessionMessages].Delete(effect.ClientId, effect.Order);

    public void Remember(RememberReceived effect) =>
        work[Tables.Received].Put(effect.ClientId, (long)effect.PacketIdentifier, effect.Fingerprint, (long)effect.Outcome);

    public void Forget(ForgetReceived effect) => work[Tables.Received].Delete(effect.ClientId, (long)effect.PacketIdentifier);

    public void Put(RetainedMessage message)
    {
        if (message.Payload.Length == 0)
            work[Tables.Retained].Delete(message.Topic);
        else
        {
            work[Tables.Retained]
                .Put(
                    message.Topic,
                    message.Payload,
                    (long)message.Qos,
                    message.Properties,
                    message.StoredAt.UnixMilliseconds,
                    message.ExpiresAt?.UnixMilliseconds
                );
        }
    }

    /// <summary>Takes away what waits in the principal's sessions by that reference.</summary>
    public void DeleteOf(EntityId principal, string reference) =>
        work.Batch.Add(
            "DELETE FROM session_messages WHERE client_id IN (SELECT client_id FROM sessions WHERE principal = $1) AND reference = $2",
            principal.ToString(),
            reference
        );

    /// <summary>In whoever's sessions it waits.</summary>
    public void DeleteBeginning(string reference) =>
        work.Batch.Add("DELETE FROM session_messages WHERE substr(reference, 1, length($1)) = $1", reference);

    /// <summary>Removes the principal's sessions, and what is retained below its root.</summary>
    public void Erase(EntityId principal, string topicRoot)
    {
        List<string> clientIds = work.Read(
            "SELECT client_id FROM sessions WHERE principal = $1",
            [principal.ToString()],
            static row => row.GetString(0)
        );
        foreach (string clientId in clientIds)
            Delete(clientId);
        // '0' is the character after '/': all topics that begin with the root and a slash.
        work.Batch.Add("DELETE FROM retained WHERE topic >= $1 AND topic < $2", topicRoot + "/", topicRoot + "0");
    }
}
