# The whole platform in one image: the console built with Node, the host with the SDK, both put on the runtime.
# The bases are arguments, so that a registry's mirror or images of your own can stand in for them.
ARG NODE_IMAGE=node:24-bookworm-slim
ARG SDK_IMAGE=mcr.microsoft.com/dotnet/sdk:10.0
ARG ASPNET_IMAGE=mcr.microsoft.com/dotnet/aspnet:10.0

FROM ${NODE_IMAGE} AS console
WORKDIR /console
COPY cloud/console/package.json cloud/console/package-lock.json ./
RUN npm ci --no-audit --no-fund --loglevel=error
COPY cloud/console .
RUN npm run build

FROM ${SDK_IMAGE} AS host
WORKDIR /source
COPY . .
RUN dotnet publish cloud/OmniIoT.Host -c Release -o /app -p:BuildConsole=false

FROM ${ASPNET_IMAGE}
# A new volume takes owner and mode of what it covers: nobody else on the machine reads what customers said.
RUN install -d -m 700 -o "$APP_UID" -g "$APP_UID" /data
WORKDIR /app
COPY --from=host /app .
COPY --from=console /console/dist wwwroot
ENV OmniIoT__Data__Directory=/data OmniIoT__Bind=0.0.0.0
VOLUME /data
EXPOSE 5080 1883 11111
USER $APP_UID
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/${OmniIoT__Http__Port:-5080}; printf 'GET /readyz HTTP/1.0\\r\\n\\r\\n' >&3; read -r _ status _ <&3; [ \"$status\" = 200 ]"]
ENTRYPOINT ["dotnet", "OmniIoT.Host.dll"]
