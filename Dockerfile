# Two stages: the first builds the environment and fetches MNIST, the second carries nothing but these.
FROM python:3.12-slim AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY core core
COPY app app
COPY static static
COPY templates templates
RUN python -m venv /opt/downhill \
 && /opt/downhill/bin/pip install . \
 && /opt/downhill/bin/downhill fetch mnist --data-dir /data

FROM python:3.12-slim
RUN useradd --create-home --uid 1000 downhill
COPY --from=build /opt/downhill /opt/downhill
COPY --from=build --chown=downhill:downhill /data /data
ENV PATH=/opt/downhill/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DOWNHILL_DATA_DIR=/data
USER 1000
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/api/v1/health', timeout=4)"]
CMD ["downhill", "serve", "--host", "0.0.0.0", "--port", "8000"]
