# One image for web and worker. Runs as a user of its own; the code and the packages are not writable by it.
FROM python:3.13-slim-trixie AS packages
RUN python -m venv /opt/venv
COPY requirements.txt /
RUN /opt/venv/bin/pip install --no-cache-dir --require-hashes --only-binary=:all: -r /requirements.txt

FROM python:3.13-slim-trixie
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent idm \
    && install -d -o idm -g idm /srv/idm/var /srv/idm/var/media /srv/idm/var/charts \
    && install -d -o idm -g idm -m 700 /srv/idm/var/uploads
COPY --from=packages /opt/venv /opt/venv
WORKDIR /srv/idm
COPY . .
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1 DJANGO_SETTINGS_MODULE=idm.settings
# DEMO stands for the secrets that building needs none of; it is not kept in the image.
RUN DEMO=1 python -m idm.prepare /srv/idm/var/static
USER idm
EXPOSE 8000
CMD ["gunicorn", "idm.wsgi:application", "--bind", "0.0.0.0:8000", "--worker-class", "gthread", "--workers", "2", \
     "--threads", "4", "--timeout", "120", "--graceful-timeout", "30", "--keep-alive", "75", "--no-control-socket", \
     "--worker-tmp-dir", "/dev/shm", "--access-logfile", "-"]
