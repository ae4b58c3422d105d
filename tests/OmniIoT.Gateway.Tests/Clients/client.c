/* Paho's C client, made to do one thing: client PORT VERSION STEP, with VERSION 4 or 5. */
#include <MQTTClient.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static char address[64];
static int version;

static void require(int holds, const char *what)
{
    if (holds) return;
    fprintf(stderr, "%s\n", what);
    exit(1);
}

static MQTTClient connect_as(const char *id, int kept, MQTTClient_willOptions *will)
{
    MQTTClient client;
    MQTTClient_createOptions create = MQTTClient_createOptions_initializer;
    create.MQTTVersion = version;
    require(MQTTClient_createWithOptions(&client, address, id, MQTTCLIENT_PERSISTENCE_NONE, NULL, &create) == MQTTCLIENT_SUCCESS, "create");
    if (version == MQTTVERSION_5) {
        MQTTClient_connectOptions options = MQTTClient_connectOptions_initializer5;
        MQTTProperties properties = MQTTProperties_initializer;
        MQTTProperty expiry = { .identifier = MQTTPROPERTY_CODE_SESSION_EXPIRY_INTERVAL, .value.integer4 = 600 };
        options.cleanstart = !kept;
        options.will = will;
        if (kept) MQTTProperties_add(&properties, &expiry);
        MQTTResponse response = MQTTClient_connect5(client, &options, &properties, NULL);
        require(response.reasonCode == MQTTREASONCODE_SUCCESS, "connect");
        MQTTResponse_free(response);
        MQTTProperties_free(&properties);
    } else {
        MQTTClient_connectOptions options = MQTTClient_connectOptions_initializer;
        options.MQTTVersion = version;
        options.cleansession = !kept;
        options.will = will;
        require(MQTTClient_connect(client, &options) == MQTTCLIENT_SUCCESS, "connect");
    }
    return client;
}

static void subscribe(MQTTClient client, const char *filter, int qos)
{
    if (version == MQTTVERSION_5) {
        MQTTResponse response = MQTTClient_subscribe5(client, filter, qos, NULL, NULL);
        require((int)response.reasonCode == qos, "subscribe");
        MQTTResponse_free(response);
    } else {
        require(MQTTClient_subscribe(client, filter, qos) == MQTTCLIENT_SUCCESS, "subscribe");
    }
}

static void publish(MQTTClient client, const char *topic, const char *payload, int qos, int retained)
{
    MQTTClient_deliveryToken token;
    int result;
    if (version == MQTTVERSION_5) {
        MQTTResponse response = MQTTClient_publish5(client, topic, (int)strlen(payload), payload, qos, retained, NULL, &token);
        result = response.reasonCode == MQTTREASONCODE_SUCCESS ? MQTTCLIENT_SUCCESS : MQTTCLIENT_FAILURE;
        MQTTResponse_free(response);
    } else {
        result = MQTTClient_publish(client, topic, (int)strlen(payload), payload, qos, retained, &token);
    }
    require(result == MQTTCLIENT_SUCCESS, "publish");
    if (qos > 0) require(MQTTClient_waitForCompletion(client, token, 10000) == MQTTCLIENT_SUCCESS, "acknowledgement");
}

static void print_next(MQTTClient client, int shows_retained)
{
    char *topic = NULL;
    int length;
    MQTTClient_message *message = NULL;
    require(MQTTClient_receive(client, &topic, &length, &message, 10000) == MQTTCLIENT_SUCCESS && message, "message");
    printf(" %.*s:%d", message->payloadlen, (char *)message->payload, shows_retained ? message->retained : message->qos);
    MQTTClient_freeMessage(&message);
    MQTTClient_free(topic);
}

static void leave(MQTTClient client)
{
    if (version == MQTTVERSION_5) MQTTClient_disconnect5(client, 1000, MQTTREASONCODE_SUCCESS, NULL);
    else MQTTClient_disconnect(client, 1000);
    MQTTClient_destroy(&client);
}

static void exchange(void)
{
    MQTTClient subscriber = connect_as("c-sub", 0, NULL), publisher = connect_as("c-pub", 0, NULL);
    subscribe(subscriber, "x/+", 2);
    publish(publisher, "x/0", "m0", 0, 0);
    publish(publisher, "x/1", "m1", 1, 0);
    publish(publisher, "x/2", "m2", 2, 0);
    printf("received");
    for (int i = 0; i < 3; i++) print_next(subscriber, 0);
    publish(publisher, "r/1", "kept", 1, 1);
    subscribe(subscriber, "r/#", 1);
    printf(" retained");
    print_next(subscriber, 1);
    leave(subscriber);
    leave(publisher);
}

static void will(void)
{
    pid_t mortal = fork();
    if (mortal == 0) {
        MQTTClient_willOptions options = MQTTClient_willOptions_initializer;
        options.topicName = "w";
        options.message = "gone";
        options.qos = 1;
        options.retained = 1;
        connect_as("c-mortal", 0, &options);
        _exit(0); /* Without a goodbye. */
    }
    waitpid(mortal, NULL, 0);
    MQTTClient watcher = connect_as("c-watcher", 0, NULL);
    subscribe(watcher, "w", 1);
    printf("will");
    print_next(watcher, 0);
    leave(watcher);
}

static void come_back(void)
{
    MQTTClient client = connect_as("kept", 1, NULL);
    printf("received");
    for (int i = 0; i < 2; i++) print_next(client, 0);
    leave(client);
}

int main(int argc, char **argv)
{
    require(argc == 4, "PORT VERSION STEP");
    snprintf(address, sizeof address, "tcp://127.0.0.1:%s", argv[1]);
    version = atoi(argv[2]) == 5 ? MQTTVERSION_5 : MQTTVERSION_3_1_1;
    const char *step = argv[3];
    if (strcmp(step, "exchange") == 0) exchange();
    else if (strcmp(step, "will") == 0) will();
    else if (strcmp(step, "return") == 0) come_back();
    else if (strcmp(step, "leave") == 0) {
        MQTTClient client = connect_as("kept", 1, NULL);
        subscribe(client, "kept/#", 2);
        printf("subscribed");
        leave(client);
    } else {
        MQTTClient client = connect_as("publisher", 0, NULL);
        publish(client, "kept/a", "one", 1, 0);
        publish(client, "kept/b", "two", 2, 0);
        printf("published");
        leave(client);
    }
    printf("\n");
    return 0;
}
